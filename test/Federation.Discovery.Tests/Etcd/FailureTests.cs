using System.Net.Sockets;
using Federation.Discovery.Etcd;
using Federation.Proto.Transport;

namespace Federation.Discovery.Tests.Etcd;

public sealed class FailureTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, "etcdserver: request is too large", 1)]
    [InlineData(StatusCode.NotFound, "etcdserver: requested lease not found", 1)]
    [InlineData(StatusCode.OutOfRange, "etcdserver: mvcc: required revision has been compacted", 1)]
    [InlineData(StatusCode.PermissionDenied, "etcdserver: permission denied", 1)]
    [InlineData(StatusCode.Unauthenticated, "etcdserver: invalid auth token", 1)]
    [InlineData(StatusCode.FailedPrecondition, "etcdserver: lease already exists", 1)]
    [InlineData(StatusCode.Unimplemented, "unknown service", 1)]
    [InlineData(StatusCode.ResourceExhausted, "etcdserver: too many requests", 0)]
    [InlineData(StatusCode.ResourceExhausted, "etcdserver: mvcc: database space exceeded", 2)]
    [InlineData(StatusCode.ResourceExhausted, "A message of 9 bytes is over the receiving limit of 8 bytes.", 2)]
    [InlineData(StatusCode.ResourceExhausted, "the connection was closed: too_many_pings", 2)]
    [InlineData(StatusCode.Unavailable, "etcdserver: request timed out", 2)]
    [InlineData(StatusCode.Unavailable, "etcdserver: leader changed", 2)]
    [InlineData(StatusCode.DeadlineExceeded, "", 2)]
    [InlineData(StatusCode.Cancelled, "", 2)]
    [InlineData(StatusCode.Internal, "", 2)]
    [InlineData(StatusCode.Unknown, "", 2)]
    public void Classify_StatusOfTheServer_IsWhatTheTableSays(StatusCode code, string detail, int expected) =>
        Assert.Equal((FailureKind)expected, Failure.Classify(new RpcException(code, detail)));

    [Fact]
    public void Classify_ConnectionThatNeverCameUp_IsNotApplied() =>
        Assert.Equal(
            FailureKind.NotApplied,
            Failure.Classify(Unavailable(new HttpRequestException(
                HttpRequestError.ConnectionError, "refused",
                new SocketException((int)SocketError.ConnectionRefused)))));

    [Fact]
    public void Classify_ConnectionThatBroke_IsUnknown() =>
        Assert.Equal(
            FailureKind.Unknown,
            Failure.Classify(Unavailable(new HttpIOException(HttpRequestError.ResponseEnded, "ended"))));

    [Theory]
    [InlineData("127.0.0.1:2379", false, "http://127.0.0.1:2379/")]
    [InlineData(" etcd.example:80 ", false, "http://etcd.example/")]
    [InlineData("https://etcd.example:443", true, "https://etcd.example/")]
    [InlineData("etcd.example:2379", true, "https://etcd.example:2379/")]
    [InlineData("[::1]:2379", false, "http://[::1]:2379/")]
    [InlineData("http://127.0.0.1:2379", true, null)]
    [InlineData("https://127.0.0.1:2379", false, null)]
    [InlineData("127.0.0.1", false, null)]
    [InlineData("http://host:2379/path", false, null)]
    [InlineData("ftp://host:21", false, null)]
    [InlineData(":2379", false, null)]
    [InlineData("host:port", false, null)]
    [InlineData("", false, null)]
    public void TryParse_WhatOperatorsWrite_IsReadOrRefused(string text, bool isTls, string? expected) =>
        Assert.Equal(expected, EndpointAddress.TryParse(text, isTls, out var address) ? address.ToString() : null);

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    public async Task Create_NoUsableAddress_SaysSoInTwoLines(params string[] addresses)
    {
        var failure = await Assert.ThrowsAsync<NoEndpointsException>(() => EtcdStore.ConnectAsync(addresses));
        var lines = failure.Message.Split('\n');
        Assert.Equal((2, "client: no endpoints available"), (lines.Length, lines[0]));
        Assert.Contains("[SealAgent] EtcdAddrs", lines[1], StringComparison.Ordinal);
    }

    private static RpcException Unavailable(Exception cause) => new(StatusCode.Unavailable, cause.Message, cause);
}
