namespace Federation.Proto.Transport;

/// <summary>The server's side of a stream; it ends when the handler returns.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
