using Federation.Discovery.Etcd;
using Federation.Discovery.Testing;

namespace Federation.Discovery.Tests.Etcd;

public sealed class EndpointPoolTests
{
    [Fact]
    public void IsNews_OfOneThatKeepsFailing_IsTrueAtFirstAndThenEveryHalfMinute()
    {
        var time = new ManualTimeProvider();
        using var pool = new EndpointPool(
            [new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:2")],
            new EtcdStoreOptions { TimeProvider = time });
        var (endpoint, _) = pool.Pick();

        Assert.True(pool.IsNews(endpoint));
        Assert.False(pool.IsNews(endpoint));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(pool.IsNews(endpoint));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pool.IsNews(endpoint));
        Assert.False(pool.IsNews(endpoint));

        pool.Failed(endpoint);
        Assert.True(pool.IsNews(pool.Pick().Endpoint), "the other endpoint's failure is news of its own");

        pool.Answered(endpoint);
        Assert.True(pool.IsNews(endpoint), "it had answered in between");
    }
}
