namespace Federation.Storage;

/// <summary>
/// A storage path or a sector's file is not as it must be. The message is one sentence for the operator.
/// </summary>
public class StorageException(string message, Exception? inner = null) : IOException(message, inner);
