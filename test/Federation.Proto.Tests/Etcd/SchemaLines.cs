using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Tests.Etcd;

/// <summary>Messages, enums and services as lines of text, ours and those inside etcd itself.</summary>
internal static class SchemaLines
{
    private static readonly byte[] GzipHeader = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0];

    public static IEnumerable<string> Of(FileDescriptorProto file)
    {
        var package = $".{file.Package}";
        return file.MessageType.SelectMany(message => OfMessage($"{package}.{message.Name}", message))
            .Concat(file.EnumType.SelectMany(type => OfEnum($"{package}.{type.Name}", type)))
            .Concat(file.Service.SelectMany(service => OfService($"{package}.{service.Name}", service)));
    }

    /// <summary>The descriptors that a Go program carries for the files that it was generated from.</summary>
    public static IEnumerable<FileDescriptorProto> InProgram(string path)
    {
        var program = File.ReadAllBytes(path);
        for (var at = 0; (at = Next(program, at)) >= 0; at++)
        {
            if (TryRead(program, at) is { } file)
            {
                yield return file;
            }
        }
    }

    private static int Next(byte[] program, int from)
    {
        var offset = program.AsSpan(from).IndexOf(GzipHeader);
        return offset < 0 ? -1 : from + offset;
    }

    private static FileDescriptorProto? TryRead(byte[] program, int at)
    {
        try
        {
            using var packed = new MemoryStream(program, at, program.Length - at);
            using var zip = new GZipStream(packed, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            bytes.Write(buffer, 0, zip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            return FileDescriptorProto.Parser.ParseFrom(bytes.ToArray());
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static IEnumerable<string> OfMessage(string name, DescriptorProto message) =>
        message.Field.Select(field => $"{name} {Text(field)}").Append($"message {name}")
            .Concat(message.NestedType.SelectMany(nested => OfMessage($"{name}.{nested.Name}", nested)))
            .Concat(message.EnumType.SelectMany(type => OfEnum($"{name}.{type.Name}", type)));

    private static IEnumerable<string> OfEnum(string name, EnumDescriptorProto type) =>
        type.Value.Select(value => $"enum {name} {value.Name} = {value.Number}");

    private static IEnumerable<string> OfService(string name, ServiceDescriptorProto service) =>
        service.Method.Select(method =>
            $"service {name} {method.Name}({Stream(method.ClientStreaming)}{method.InputType}) "
            + $"{Stream(method.ServerStreaming)}{method.OutputType}");

    private static string Text(FieldDescriptorProto field) =>
        $"{field.Name} = {field.Number} {(field.Label == FieldDescriptorProto.Types.Label.Repeated ? "repeated " : "")}"
        + $"{(field.HasTypeName ? field.TypeName : field.Type)}{(field.HasOneofIndex ? " oneof" : "")}";

    private static string Stream(bool streams) => streams ? "stream " : "";
}
