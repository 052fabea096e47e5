namespace Federation.Proto.Transport;

/// <summary>The client's side of a stream, which it can end on its own.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no message follows. What was written before has been sent by then.</summary>
    Task CompleteAsync();
}
