using Federation.Proto.Transport;
using Google.Protobuf.WellKnownTypes;
using Method = Federation.Proto.Transport.Method<
    Google.Protobuf.WellKnownTypes.BytesValue, Google.Protobuf.WellKnownTypes.BytesValue>;

namespace Federation.Proto.Tests.Support;

/// <summary>One method of each kind over messages that hold bytes.</summary>
internal static class ScriptedMethods
{
    public const string ServiceName = "federation.test.Scripted";

    public static readonly Method One = new(MethodType.Unary, ServiceName, "One");

    public static readonly Method Collect = new(MethodType.ClientStreaming, ServiceName, "Collect");

    public static readonly Method Expand = new(MethodType.ServerStreaming, ServiceName, "Expand");

    public static readonly Method Chat = new(MethodType.DuplexStreaming, ServiceName, "Chat");

    public static BytesValue Bytes(params byte[] bytes) => new() { Value = Google.Protobuf.ByteString.CopyFrom(bytes) };

    public static BytesValue Text(string text) => new() { Value = Google.Protobuf.ByteString.CopyFromUtf8(text) };

    public static BytesValue Sized(int count) => new() { Value = Google.Protobuf.ByteString.CopyFrom(new byte[count]) };
}
