using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Net;
using Federation.Testing;

namespace Federation.Hosting.Tests.Net;

public sealed class PortClaimTests
{
    /// <summary>This process, as an error names who listens.</summary>
    internal static string Me { get; } =
        $"{Environment.ProcessId} ({File.ReadAllText("/proc/self/comm").TrimEnd()})";

    [Theory]
    [InlineData(0, "ServePort, gRPC")]
    [InlineData(1, "ServePort + 1, HTTP")]
    [InlineData(100, "ServePort + 100, bulk data")]
    public async Task RequireFree_OnePortTaken_NamesPortUseHolderAndRemedy(int offset, string use)
    {
        var first = PortBlock.Serve();
        var port = first + offset;
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();

        var refused = await Assert.ThrowsAsync<OperatorException>(
            () => RequireAsync(new ServePorts(IPAddress.Loopback, first)));

        Assert.Equal(
            $"port {port} on 127.0.0.1 ({use}) is in use by another process, {Me};"
                + " stop that one or set another [SealAgent] ServePort.",
            refused.Message);
    }

    [Fact]
    public async Task RequireFree_TakenAMomentLonger_Waits()
    {
        var first = PortBlock.Serve();
        using var taken = new TcpListener(IPAddress.Loopback, first);
        taken.Start();
        var waiting = RequireAsync(new ServePorts(IPAddress.Loopback, first), new PatientTime());

        Assert.False(waiting.IsCompleted);
        taken.Stop();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task RequireFree_PortsOfTwoSettings_IsOneSentenceForEach()
    {
        using var first = Listen();
        using var second = Listen();
        using var third = Listen();
        PortClaim[] claims =
        [
            new((IPEndPoint)first.LocalEndpoint, "a", "A"),
            new((IPEndPoint)second.LocalEndpoint, "b", "A"),
            new((IPEndPoint)third.LocalEndpoint, "c", "C"),
        ];

        var refused = await Assert.ThrowsAsync<OperatorException>(
            () => PortClaim.RequireFreeAsync(claims, TimeProvider.System, CancellationToken.None));

        Assert.Collection(
            refused.Message.Split('\n'),
            line => Assert.EndsWith("set another A.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("set another C.", line, StringComparison.Ordinal));
    }

    [Fact]
    public void FindProblem_PortFree_IsNullAndLeavesItFree()
    {
        var claim = new PortClaim(new(IPAddress.Loopback, PortBlock.One()), "test", "key");

        Assert.Null(claim.FindProblem());
        Assert.Null(claim.FindProblem());
    }

    [Fact]
    public void FindProblem_ForeignAddress_SaysSo()
    {
        var problem = new PortClaim(new(IPAddress.Parse("192.0.2.1"), 1), "ServePort, gRPC", "k").FindProblem();

        Assert.Equal("192.0.2.1 (ServePort, gRPC) is no address of this machine; set one that is.", problem);
    }

    private static Task RequireAsync(ServePorts ports, TimeProvider? time = null) => PortClaim.RequireFreeAsync(
        [ports.Grpc, ports.Http, ports.Bulk], time ?? TimeProvider.System, CancellationToken.None);

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <summary>Timers run, and no time is ever over: a busy machine does not use up the patience.</summary>
    private sealed class PatientTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
