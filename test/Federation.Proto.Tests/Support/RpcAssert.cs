using Federation.Proto.Transport;

namespace Federation.Proto.Tests.Support;

/// <summary>Expectations on how a call ends.</summary>
internal static class RpcAssert
{
    public static async Task<RpcException> EndsWithAsync(StatusCode code, Task call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => call.Bounded());
        Assert.True(e.StatusCode == code, $"expected {code}, got {e.Status}");
        return e;
    }
}
