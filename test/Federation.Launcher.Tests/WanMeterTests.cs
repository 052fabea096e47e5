using Federation.Hosting;
using Federation.Launcher.Wan;

namespace Federation.Launcher.Tests;

public sealed class WanMeterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Root, "wan.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FileDamaged_SaysWhatToDo()
    {
        File.WriteAllText(Path, "{");

        var error = Assert.Throws<OperatorException>(() => WanMeter.Open(Path));

        Assert.Equal("delete it: counting begins anew", error.Remedy);
    }

    [Fact]
    public void Read_TwoAgents_AddsUpPeersAndDirections()
    {
        var meter = WanMeter.Open(Path);
        meter.Read("a", Page(store: 100, miner: 10, bulk: 1));
        meter.Read("b", Page(store: 200, miner: 20, bulk: 2));

        Assert.Equal(new WanBytes(600, 60, 6), meter.Total);
        Assert.Equal(660, meter.Total.Metadata);
    }

    [Fact]
    public void Read_CounterFell_KeepsWhatTheEarlierIncarnationCounted()
    {
        var meter = WanMeter.Open(Path);
        meter.Read("a", Page(100, 0, 0));
        meter.Read("a", Page(150, 0, 0));
        meter.Read("a", Page(30, 0, 0));

        Assert.Equal(2 * 180, meter.Total.Store);
    }

    [Fact]
    public void Open_Resumed_GoesOnCountingEvenWhenTheNewCounterIsHigher()
    {
        var meter = WanMeter.Open(Path);
        meter.Read("a", Page(100, 0, 0));
        meter.Save();

        var resumed = WanMeter.Open(Path);
        resumed.AgentsRestart();
        resumed.Read("a", Page(400, 0, 0));

        Assert.Equal(2 * 500, resumed.Total.Store);
    }

    [Fact]
    public void Samples_OtherMetricsAndEscapes_AreToldApart()
    {
        const string Text = """
            # HELP m help
            # TYPE m counter
            m_other{a="b"} 9
            m{a="x\"y\\z\n}",b="2"} 1.5e3 1700000000
            m 4
            m{broken 5
            m{a="b"} NaNsense
            """;

        var samples = PrometheusText.Samples(Text, "m").ToList();

        Assert.Equal(2, samples.Count);
        Assert.Equal("x\"y\\z\n}", samples[0].Labels["a"]);
        Assert.Equal("2", samples[0].Labels["b"]);
        Assert.Equal(1500, samples[0].Value);
        Assert.Equal(4, samples[1].Value);
    }

    [Fact]
    public void IdleGauge_OfReadings_TakesTheLongestTimeWithoutAChange()
    {
        var clock = new SteppedClock();
        var gauge = new IdleGauge(clock);
        Read(0, 0, changed: true);
        Read(2, 1000, changed: false);
        Assert.Null(gauge.BytesPerSecond);
        Read(3, 5000, changed: true);
        Read(8, 5100, changed: false);
        Assert.Equal(20, gauge.BytesPerSecond);
        Read(13, 5150, changed: false);
        Assert.Equal(15, gauge.BytesPerSecond);
        Read(14, 90_000, changed: true);
        Read(19, 90_001, changed: false);
        Assert.Equal(15, gauge.BytesPerSecond);

        void Read(int second, long bytes, bool changed)
        {
            clock.Now = TimeSpan.FromSeconds(second);
            gauge.Read(bytes, changed);
        }
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private static string Page(long store, long miner, long bulk) =>
        string.Join('\n', new[] { "sent", "received" }.SelectMany(
        direction => new[] { ("store", store), ("miner", miner), ("bulk", bulk) }.Select(
            peer => $"federation_wan_bytes_total{{peer=\"{peer.Item1}\",direction=\"{direction}\"}} {peer.Item2}")));
}
