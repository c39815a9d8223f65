/** Who may do what in the panel 「数据」. Pure. */

/** @typedef {import('../types').PageState} PageState */

/** Whether the viewer may change layers. @param {Pick<PageState, 'viewer'>} state */
export const mayEdit = ({ viewer }) => viewer?.rights.general.includes('edit_layers') ?? false;

/** Whether the viewer may give others the right to. @param {Pick<PageState, 'viewer'>} state */
export const mayAppoint = ({ viewer }) => viewer?.rights.general.includes('manage_accounts') ?? false;
