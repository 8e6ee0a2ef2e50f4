/**
 * The fields of a form that was sent, or nothing when the body is not one: another media type, a broken envelope. That
 * is the sender's fault, a 400, and not ours. A body that cannot be received (too large, cut) still throws.
 */
export const readForm = async (request: Request): Promise<FormData | undefined> => {
  try {
    return await request.formData();
  } catch (error) {
    // The standard's own error for a body that it cannot parse (Fetch, « body mixin », formData).
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};
