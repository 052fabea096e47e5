using System.Reflection;
using Federation.Proto.Etcd;
using Federation.Proto.Gates;
using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Google.Protobuf.Reflection;

namespace Federation.Proto.Tests.Etcd;

/// <summary>Our .proto files against etcd's own, and the hand-written methods against our .proto files.</summary>
public sealed class SchemaTests
{
    private static readonly FileDescriptor[] EtcdFiles =
    [
        MvccReflection.Descriptor, HeaderReflection.Descriptor, KvReflection.Descriptor, WatchReflection.Descriptor,
        LeaseReflection.Descriptor, ClusterReflection.Descriptor, MaintenanceReflection.Descriptor,
        AuthReflection.Descriptor,
    ];

    public static TheoryData<Type> Methods => new(
        typeof(KvMethods),
        typeof(WatchMethods),
        typeof(LeaseMethods),
        typeof(ClusterMethods),
        typeof(MaintenanceMethods),
        typeof(AuthMethods),
        typeof(MinerGateMethods),
        typeof(MinerBulkMethods),
        typeof(WorkerGateMethods));

    [Fact]
    public void EtcdFiles_EachLine_IsAsWhenItWasComparedWithEtcd() =>
        Assert.Equal(File.ReadAllLines(GoldenPath()), OurLines());

    [EtcdFact]
    public void EtcdFiles_EachLine_IsInEtcdsOwnDescriptors()
    {
        var theirs = TheirLines();
        Assert.InRange(theirs.Count, 300, 3000);
        Assert.Empty(OurLines().Except(theirs));
    }

    [EtcdFact]
    public void EtcdFiles_MessagesThatWeHave_LackNoFieldOfEtcds()
    {
        var ours = OurLines();
        var messages = ours.Where(line => line.StartsWith("message ", StringComparison.Ordinal))
            .Select(line => line["message ".Length..] + " ")
            .ToList();
        var theirs = TheirLines()
            .Where(line => messages.Exists(message => line.StartsWith(message, StringComparison.Ordinal)));
        Assert.Empty(theirs.Except(ours));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Methods_OfEachService_EqualTheProtoFile(Type methods)
    {
        var declared = methods.GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => Line(property.PropertyType, property.GetValue(null)!))
            .Order()
            .ToList();
        var service = Services().Single(
            service => declared[0].StartsWith($"/{service.FullName}/", StringComparison.Ordinal));

        Assert.Equal(service.Methods.Select(Line).Order(), declared);
    }

    private static List<string> OurLines() =>
        [.. EtcdFiles.SelectMany(file => SchemaLines.Of(file.ToProto())).Order(StringComparer.Ordinal)];

    private static HashSet<string> TheirLines() =>
    [
        .. SchemaLines.InProgram(EtcdProcess.Program)
            .Where(file => file.Package is "etcdserverpb" or "mvccpb")
            .SelectMany(SchemaLines.Of),
    ];

    private static IEnumerable<ServiceDescriptor> Services() =>
        EtcdFiles.Append(MinerReflection.Descriptor)
            .Append(AgentReflection.Descriptor)
            .SelectMany(file => file.Services);

    private static string Line(MethodDescriptor method) =>
        $"/{method.Service.FullName}/{method.Name} {Type(method.IsClientStreaming, method.IsServerStreaming)} "
        + $"{method.InputType.ClrType.Name} {method.OutputType.ClrType.Name}";

    private static MethodType Type(bool client, bool server) => (client, server) switch
    {
        (false, false) => MethodType.Unary,
        (true, false) => MethodType.ClientStreaming,
        (false, true) => MethodType.ServerStreaming,
        _ => MethodType.DuplexStreaming,
    };

    private static string Line(Type type, object method)
    {
        object Read(string name) => type.GetProperty(name)!.GetValue(method)!;
        var messages = type.GetGenericArguments();
        return $"{Read("FullName")} {Read("Type")} {messages[0].Name} {messages[1].Name}";
    }

    private static string GoldenPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Federation.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "test", "vectors", "etcd-3.4-schema.txt");
    }
}
