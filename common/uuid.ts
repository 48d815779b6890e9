// The form of a UUID, as which Genesys writes the ids of its objects.

export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
