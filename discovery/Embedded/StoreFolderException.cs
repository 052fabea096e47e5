namespace Federation.Discovery.Embedded;

/// <summary>
/// The embedded store's folder cannot be used: locked, not writable, or damaged. One sentence with the remedy.
/// </summary>
public sealed class StoreFolderException(string message, Exception? inner = null) : IOException(message, inner);
