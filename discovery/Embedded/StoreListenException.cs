namespace Federation.Discovery.Embedded;

/// <summary>The embedded store's address cannot be listened on. One sentence with the remedy.</summary>
public sealed class StoreListenException(string message, Exception inner) : IOException(message, inner);
