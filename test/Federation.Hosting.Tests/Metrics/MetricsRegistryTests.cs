using Federation.Hosting.Metrics;

namespace Federation.Hosting.Tests.Metrics;

public sealed class MetricsRegistryTests
{
    [Fact]
    public void Write_CountersAndGauges_IsPrometheussText()
    {
        var registry = new MetricsRegistry();
        var jobs = registry.AddCounter("federation_jobs_total", "Jobs \\ by\noutcome.", "region", "outcome");
        jobs.Increment("a", "accepted");
        jobs.Add(2.5, "a", "quo\"te\\d\n");
        jobs.Increment("a", "accepted");
        var slots = registry.AddGauge("federation_slots", "Free slots.");
        slots.Set(4);
        slots.Add(-1);
        registry.AddGauge("federation_age_seconds", "Age.").Observe(() => double.PositiveInfinity);

        Assert.Equal(
            """
            # HELP federation_age_seconds Age.
            # TYPE federation_age_seconds gauge
            federation_age_seconds +Inf
            # HELP federation_jobs_total Jobs \\ by\noutcome.
            # TYPE federation_jobs_total counter
            federation_jobs_total{region="a",outcome="accepted"} 2
            federation_jobs_total{region="a",outcome="quo\"te\\d\n"} 2.5
            # HELP federation_slots Free slots.
            # TYPE federation_slots gauge
            federation_slots 3

            """,
            registry.Write());
    }

    [Fact]
    public void Add_WrongUse_IsADefect()
    {
        var registry = new MetricsRegistry();
        var counter = registry.AddCounter("a_total", "", "x");

        Assert.Throws<ArgumentException>(() => registry.AddCounter("a_total", ""));
        Assert.Throws<ArgumentException>(() => registry.AddCounter("b", ""));
        Assert.Throws<ArgumentException>(() => registry.AddGauge("b c", ""));
        Assert.Throws<ArgumentException>(() => registry.AddGauge("b", "", "1x"));
        Assert.Throws<ArgumentException>(() => counter.Increment());
        Assert.Throws<ArgumentOutOfRangeException>(() => counter.Add(-1, "x"));
    }

    [Fact]
    public async Task Increment_FromManyThreads_LosesNothing()
    {
        var registry = new MetricsRegistry();
        var counter = registry.AddCounter("a_total", "", "x");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Increment("y");
            }
        })));

        Assert.Contains("a_total{x=\"y\"} 80000\n", registry.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddTo_Process_ShowsItself()
    {
        var registry = new MetricsRegistry();
        ProcessMetrics.AddTo(registry, "miner", "0.1.0");

        var text = registry.Write();

        Assert.Contains(
            "federation_build_info{program=\"miner\",version=\"0.1.0\"} 1\n", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^process_resident_memory_bytes [1-9]\d{6,}$", text);
    }
}
