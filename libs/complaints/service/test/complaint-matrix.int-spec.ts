import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLUnionType,
} from 'graphql';
import { permissionsByRole, roleGrants, roles, type Permission, type Role } from '@anju/access';
import { complaintStatuses, complaintTransitions, type ComplaintStatus } from '@anju/complaints-rules';
import { newId } from '@anju/kernel';
import { refusalTypeName } from '@anju/subgraph';
import { createTestDatabase, rule, silentLogger, type TestDatabase } from '@anju/testing';
import { commandSource, staff, type Row } from '@anju/testing-service';
import { ComplaintsDesk } from './complaints-desk';

interface Command {
  readonly name: string;
  readonly permission: Permission;
  readonly input: GraphQLInputObjectType;
  readonly result: GraphQLUnionType;
}

/** A case as a command finds it. */
interface Ground {
  readonly id: string;
  readonly customerId: string;
  /** Another case of the project, open. */
  readonly otherId: string;
}

type Answer = { readonly kind: 'DONE' | 'FORBIDDEN' } | { readonly kind: 'REFUSED'; readonly code: string };

/** What no type tells: ids that have to be there, and what is written where one rule asks for more. */
const particulars: Readonly<Record<string, (desk: ComplaintsDesk, ground: Ground) => Row>> = {
  handlerId: (desk) => ({ handlerId: desk.li.staffId }),
  staffId: (desk) => ({ staffId: desk.li.staffId }),
  staffIds: (desk) => ({ staffIds: [desk.guard.staffId] }),
  customerId: (_desk, { customerId }) => ({ customerId }),
  customers: (_desk, { customerId }) => ({ customers: [{ customerId }] }),
  customerIds: (_desk, { customerId }) => ({ customerIds: [customerId] }),
  responsibleDepartment: () => ({ responsibleDepartment: 'EQUIPMENT' }),
  departmentCode: () => ({ departmentCode: 'EQUIPMENT' }),
  topic: () => ({ topic: 'LIFT' }),
  satisfaction: () => ({ satisfaction: 4 }),
  coordinatorId: (desk) => ({ coordinatorId: desk.li.staffId }),
  toDepartment: () => ({ toDepartment: 'CUSTOMER_SERVICE' }),
  toHandlerId: (desk) => ({ toHandlerId: desk.lin.staffId }),
  otherComplaintId: (_desk, { otherId }) => ({ otherComplaintId: otherId }),
  intoComplaintId: (_desk, { otherId }) => ({ intoComplaintId: otherId }),
};

/** The least that an input's type asks for, with what is known by its name. */
function inputFor(type: GraphQLInputObjectType, desk: ComplaintsDesk, ground: Ground): Row {
  const entries = Object.values(type.getFields()).map(({ name, type: field }): Row => {
    if (name === 'id') return { id: ground.id };
    const known = particulars[name];
    if (known) return known(desk, ground);
    return isNonNullType(field) ? { [name]: valueFor(field.ofType, desk, ground) } : {};
  });
  return Object.assign({}, ...entries) as Row;
}

function valueFor(type: GraphQLInputType, desk: ComplaintsDesk, ground: Ground): unknown {
  if (isNonNullType(type)) return valueFor(type.ofType, desk, ground);
  if (isListType(type)) return [valueFor(type.ofType, desk, ground)];
  if (isEnumType(type)) return type.getValues().at(-1)!.name;
  if (isInputObjectType(type)) return inputFor(type, desk, ground);
  switch (type.name) {
    case 'Boolean':
      return true;
    case 'Int':
    case 'Float':
      return 1;
    case 'DateTime':
      return '2026-03-20T10:00:00+08:00';
    case 'Date':
      return '2026-03-20';
    case 'ID':
      return newId();
    default:
      return '说明';
  }
}

// Thousands of answers, on machines that do other things too.
jest.setTimeout(240_000);

describe('every command in every status by every role', () => {
  let database: TestDatabase;
  let desk: ComplaintsDesk;
  let commands: readonly Command[];
  let otherId: string;
  const grounds = new Map<ComplaintStatus, Ground>();

  beforeAll(async () => {
    database = await createTestDatabase('complaint matrix');
    desk = await ComplaintsDesk.open(database.url, silentLogger, '2026-03-02 10:00');
    commands = commandsOnCases();
    otherId = (await desk.file(1)).id;
    for (const status of complaintStatuses) grounds.set(status, await caseIn(status));
  }, 120_000);

  afterAll(async () => {
    await desk.close();
    await database.drop();
  });

  /** The commands of the schema on a case that is there, whoever wrote them. */
  function commandsOnCases(): readonly Command[] {
    const fields = Object.values(desk.service.schema.getMutationType()!.getFields());
    return fields.flatMap(({ name, args, type, extensions }): Command[] => {
      const input = args[0] && getNamedType(args[0].type);
      const result = getNamedType(type);
      if (!isInputObjectType(input) || !isUnionType(result)) return [];
      if (input.getFields()['id']?.description !== 'The case.') return [];
      if (!result.getTypes().some((member) => member.name === 'Complaint')) return [];
      return [{ name, input, result, permission: extensions['requires'] as Permission }];
    });
  }

  /** A hot case that has come so far, with what it owes. */
  async function caseIn(status: ComplaintStatus): Promise<Ground> {
    const { id, customerIds } = await desk.file(3);
    const ground = { id, customerId: customerIds[0]!, otherId };
    const visit = { id, customerId: ground.customerId, channel: 'PHONE', satisfaction: 5 };
    const report = Object.fromEntries(
      ['content', 'cause', 'process', 'result', 'lessons', 'correctiveActions'].map((part) => [part, '已办']),
    );
    const ways: Record<ComplaintStatus, () => Promise<unknown>> = {
      RECEIVED: () => Promise.resolve(),
      ACKNOWLEDGED: () => desk.acknowledge(id),
      IN_HANDLING: async () => ways.ACKNOWLEDGED().then(() => desk.respond(id)),
      RESOLVED: async () => ways.IN_HANDLING().then(() => desk.resolve(id)),
      CLOSED: async () => {
        await ways.RESOLVED();
        await desk.fileForm(id);
        await desk.done(desk.lin, 'recordReturnVisit', visit);
        await desk.done(desk.lin, 'submitSpecialReport', { id, ...report });
        await desk.done(desk.lin, 'closeComplaint', { id });
      },
      REOPENED: async () => {
        await ways.RESOLVED();
        await desk.done(desk.lin, 'reopenComplaint', { id, reason: '又停了' });
      },
      JOINED: async () => {
        await ways.IN_HANDLING();
        await desk.done(desk.lin, 'joinComplaintInto', {
          id,
          intoComplaintId: otherId,
          reason: '同一部电梯',
        });
      },
    };
    await ways[status]();
    return ground;
  }

  let copies = 0;

  /** The same case once more, so that what is done to it is done to no other. */
  async function copyOf({ id, ...ground }: Ground): Promise<Ground> {
    const copy = { id: newId(), ...ground };
    copies += 1;
    const [row] = await desk.rows<Row>('select to_jsonb(c) as row from complaint c where id = $1', [id]);
    await desk.rows('insert into complaint select * from jsonb_populate_record(null::complaint, $1)', [
      {
        ...(row!['row'] as Row),
        ...{ id: copy.id, number: `JX-C20260302-9${String(copies).padStart(4, '0')}` },
        opened_from_interaction_id: null,
      },
    ]);
    return copy;
  }

  async function answerTo(
    command: Command,
    role: Role,
    ground: Ground,
    projectId: string,
  ): Promise<Answer | string> {
    const source = commandSource(command.name, '');
    const input = inputFor(command.input, desk, ground);
    const { data, errors } = await desk.ask(staff(role, projectId), source, { input });
    if (errors) {
      const code = String(errors[0]!.extensions['code']);
      return code === 'FORBIDDEN' ? { kind: code } : `${code}: ${JSON.stringify(errors[0])}`;
    }
    const answer = data![command.name] as { __typename: string; code?: string; message?: string };
    if (answer.__typename === 'Complaint') return { kind: 'DONE' };
    const isTyped = answer.__typename === refusalTypeName(answer.code!) && answer.message !== '';
    return isTyped ? { kind: 'REFUSED', code: answer.code! } : `untyped: ${JSON.stringify(answer)}`;
  }

  it('finds every command in the schema: each has its row in the transitions, and each row its command', () => {
    const names = commands.map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(complaintTransitions).sort());
    // What else answers with a case makes one.
    const answeringWithCase = Object.values(desk.service.schema.getMutationType()!.getFields())
      .filter(({ type }) => {
        const result = getNamedType(type);
        return isUnionType(result) && result.getTypes().some((member) => member.name === 'Complaint');
      })
      .map(({ name }) => name);
    expect(answeringWithCase.filter((name) => !names.includes(name))).toEqual(['fileComplaint']);
    for (const { permission } of commands) {
      expect(roles.filter((role) => roleGrants(role, permission))).not.toEqual([]);
    }
    expect(Object.keys(permissionsByRole).sort()).toEqual([...roles].sort());
  });

  rule.each(complaintStatuses.map((status) => ({ status })))(
    ['CMP-12', 'CMP-15'],
    'in $status each command is done, refused with its own reason, or forbidden by the table of permissions',
    async ({ status }) => {
      const unexpected: string[] = [];
      const kinds = new Set<string>();
      for (const command of commands) {
        let ground = await copyOf(grounds.get(status)!);
        const transition: { readonly from: readonly string[] } | undefined =
          complaintTransitions[command.name as keyof typeof complaintTransitions];
        const told = new Set<string>();
        for (const role of roles) {
          const answer = await answerTo(command, role, ground, desk.ours);
          const shown = `${command.name} by ${role}: ${JSON.stringify(answer)}`;
          if (typeof answer === 'string') {
            unexpected.push(shown);
            continue;
          }
          kinds.add(answer.kind);
          if ((answer.kind === 'FORBIDDEN') === roleGrants(role, command.permission)) unexpected.push(shown);
          if (answer.kind === 'FORBIDDEN') continue;
          told.add(JSON.stringify(answer));
          const isStatus = answer.kind === 'REFUSED' && answer.code === 'COMPLAINT_NOT_IN_REQUIRED_STATUS';
          if (transition && isStatus === transition.from.includes(status)) unexpected.push(shown);
          if (answer.kind === 'DONE') ground = await copyOf(grounds.get(status)!);
        }
        // Whoever may do it at all is told the same.
        if (told.size !== 1) unexpected.push(`${command.name}: ${[...told].join(' or ')}`);
      }
      expect(unexpected).toEqual([]);
      // What was joined into another case goes on there: nothing is done with it any more.
      const done = status === 'JOINED' ? [] : ['DONE'];
      expect([...kinds].sort()).toEqual([...done, 'FORBIDDEN', 'REFUSED']);
    },
  );

  rule('CMP-15', 'who may do it elsewhere only finds no such case', async () => {
    const unexpected: string[] = [];
    for (const command of commands) {
      const role = roles.find((one) => roleGrants(one, command.permission))!;
      const answer = await answerTo(command, role, grounds.get('IN_HANDLING')!, desk.theirs);
      if (typeof answer !== 'string' || !answer.startsWith('NOT_FOUND')) {
        unexpected.push(`${command.name} by ${role}: ${JSON.stringify(answer)}`);
      }
    }
    expect(unexpected).toEqual([]);
  });
});
