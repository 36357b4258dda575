export interface PolicyContext {
  state: { userAbility?: { can(action: string): boolean } };
}

/** Allows a role that has one of the named permissions. */
export const hasAnyPermission = (context: PolicyContext, config: { actions: readonly string[] }): boolean =>
  config.actions.some((action) => context.state.userAbility?.can(action) === true);
