using System.Net;
using System.Net.Sockets;
using Federation.Hosting.Net;

namespace Federation.Hosting.Tests.Net;

public sealed class ServePortsTests
{
    [Theory]
    [InlineData(0, "ServePort, gRPC")]
    [InlineData(1, "ServePort + 1, HTTP")]
    [InlineData(100, "ServePort + 100, bulk data")]
    public void FindProblems_OnePortTaken_NamesPortUseAndRemedy(int offset, string use)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var problems = new ServePorts(IPAddress.Loopback, port - offset).FindProblems();

        Assert.Contains(
            $"port {port} on 127.0.0.1 ({use}) is in use by another process;"
                + " stop that one or set another [SealAgent] ServePort.",
            problems);
    }

    [Fact]
    public void FindProblem_PortFree_IsNullAndLeavesItFree()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var endpoint = (IPEndPoint)probe.LocalEndpoint;
        probe.Stop();

        Assert.Null(ServePorts.FindProblem(endpoint, "test", "key"));
        Assert.Null(ServePorts.FindProblem(endpoint, "test", "key"));
    }

    [Fact]
    public void FindProblem_ForeignAddress_SaysSo()
    {
        var problem = ServePorts.FindProblem(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1), "ServePort, gRPC", "k");

        Assert.Equal("192.0.2.1 (ServePort, gRPC) is no address of this machine; set one that is.", problem);
    }
}
