import { permissions, permissionsByRole, roles } from '@anju/access';
import { label } from '@anju/labels';

/** `docs/permissions.md`: what each role may do. */
export function permissionsDocument(): string {
  const rows = Object.entries(permissions).map(([permission, meaning]) => {
    const holders = roles.filter((role) =>
      (permissionsByRole[role] as readonly string[]).includes(permission),
    );
    return `| \`${permission}\` | ${meaning} | ${holders.map((role) => label('Role', role, 'en')).join(', ') || '—'} |`;
  });
  return [
    '# Permissions',
    '',
    'Made by `npm run docs` from `libs/access`. A role is held for projects: every line reads "in these projects".',
    '',
    '| permission | what it allows | roles |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
