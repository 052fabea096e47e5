namespace Federation.Hosting.JsonRpc;

/// <summary>
/// A JSON-RPC method's answer is an error. Thrown by handlers to send one, and by clients that got one.
/// </summary>
public sealed class JsonRpcException : Exception
{
    /// <summary>The code that Lotus gives to an error of a method itself.</summary>
    public const int ApplicationError = 1;

    /// <summary>Creates the error.</summary>
    /// <param name="message">What the caller reads, in Lotus's words where Lotus has any.</param>
    /// <param name="code">The JSON-RPC code.</param>
    public JsonRpcException(string message, int code = ApplicationError)
        : base(message) => Code = code;

    /// <summary>The JSON-RPC code.</summary>
    public int Code { get; }
}
