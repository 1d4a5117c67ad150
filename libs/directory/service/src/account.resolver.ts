import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { permissions, projectScope, type Permission, type Role } from '@anju/access';
import { badInput } from '@anju/commands';
import { catalogue, label, locales, type Locale } from '@anju/labels';
import { Requires, principalOf, type RequestContext } from '@anju/subgraph';
import type { EntityLoads } from './entity-loads';
import { RoleEnum } from './graph-enums';
import { Project } from './project.entity';
import { Staff } from './staff.entity';

@ObjectType({ simpleResolvers: true, description: 'A role and the projects for which it is held.' })
export class HeldRole {
  @Field(() => RoleEnum, { description: 'The role (岗位角色).' })
  role: Role;

  @Field(() => [ID], { nullable: true, description: 'Null: all projects.' })
  projectIds: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'A permission and the projects in which it is held.' })
export class HeldPermission {
  @Field(() => String, { description: 'Such as `directory.customer.read`.' })
  permission: Permission;

  @Field(() => [ID], { nullable: true, description: 'Null: all projects.' })
  projectIds: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'Who is signed in, and what he may do where.' })
export class Me {
  @Field(() => ID, { description: 'His id in the directory and at the identity provider.' })
  staffId: string;

  @Field(() => String, { description: 'What he signs in with.' })
  account: string;

  @Field(() => [HeldRole], { description: 'What he holds, for which projects.' })
  roles: HeldRole[];

  @Field(() => [HeldPermission], { description: 'What the roles allow, one entry each.' })
  permissions: HeldPermission[];
}

@ObjectType({ simpleResolvers: true, description: 'The text of a value.' })
export class Label {
  @Field(() => String, {
    description: 'The kind, mostly the name of an enum, and the value: `UnitStatus.FOR_SALE`.',
  })
  key: string;

  @Field(() => String, { description: 'In the language asked for.' })
  text: string;
}

/** The permission that every role carries (CMP-15): enough to ask who one is and how things are called. */
const everyRole: Permission = 'complaints.complaint.file';

@Resolver(() => Me)
export class AccountResolver {
  constructor(private readonly loads: EntityLoads) {}

  @Requires(everyRole)
  @Query(() => Me, { description: 'Who is signed in.' })
  me(@Ctx() context: RequestContext): Me {
    const principal = principalOf(context);
    const held = (Object.keys(permissions) as Permission[]).map((permission) => {
      return { permission, scope: projectScope(principal, permission) };
    });
    return Object.assign(new Me(), {
      staffId: principal.staffId,
      account: principal.account,
      roles: principal.roles.map(({ role, projectIds }) => ({ role, projectIds: idsOf(projectIds) })),
      permissions: held
        .filter(({ scope }) => scope.length > 0)
        .map(({ permission, scope }) => ({ permission, projectIds: idsOf(scope) })),
    });
  }

  @Requires('directory.staff.read')
  @FieldResolver(() => Staff, { nullable: true, description: 'His record; null while he is not on record.' })
  staff(@Root() { staffId }: Me, @Ctx() context: RequestContext): Promise<Staff | null> {
    return this.loads.one('Staff', staffId, context);
  }

  @Requires('directory.structure.read')
  @FieldResolver(() => [Project], {
    nullable: true,
    description: 'The projects whose structure he sees, by code; at most 100.',
  })
  projects(@Ctx() context: RequestContext): Promise<Project[]> {
    return this.loads
      .query('Project', context)
      .orderBy('project.code')
      .addOrderBy('project.id')
      .limit(100)
      .getMany();
  }

  @Requires(everyRole)
  @Query(() => [Label], { description: 'Texts of enum values, departments and forms for people to read.' })
  labels(
    @Arg('locale', () => String, {
      nullable: true,
      description: "`zh-CN` or `en`; the request's language unless told.",
    })
    locale: string | null,
    @Arg('prefix', () => String, { nullable: true, description: 'Only keys that begin so: `UnitStatus.`' })
    prefix: string | null,
    @Ctx() context: RequestContext,
  ): Label[] {
    const language = locale == null ? context.locale : localeOf(locale);
    return Object.entries(catalogue.values).flatMap(([kind, texts]) =>
      Object.keys(texts)
        .map((value) => ({ key: `${kind}.${value}`, text: label(kind, value, language) }))
        .filter(({ key }) => key.startsWith(prefix ?? '')),
    );
  }
}

function idsOf(projectIds: 'ALL' | readonly string[]): string[] | null {
  return projectIds === 'ALL' ? null : [...projectIds];
}

function localeOf(text: string): Locale {
  const locale = locales.find((one) => one === text);
  if (locale) return locale;
  throw badInput({ field: 'locale', problem: 'is not known', expected: locales.join(' or ') });
}
