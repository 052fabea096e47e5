using Federation.Proto.Tests.Support;
using Federation.Proto.Transport;
using Federation.Proto.Transport.Wire;

namespace Federation.Proto.Tests.Transport;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData(":path")]
    [InlineData("schlüssel")]
    [InlineData("grpc-status")]
    [InlineData("content-type")]
    [InlineData("te")]
    public void Add_KeyThatMayNotTravel_IsRefused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata().Add(key, "value"));

    [Theory]
    [InlineData("a\r\nb: c")]
    [InlineData("ü")]
    [InlineData("\0")]
    public void Add_ValueThatMayNotTravel_IsRefused(string value) =>
        Assert.Throws<ArgumentException>(() => new Metadata().Add("key", value));

    [Fact]
    public void Add_WrongKindForTheKey_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata().Add("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata().Add("key", [1]));
    }

    [Fact]
    public void GetValue_SeveralUnderOneKey_IsTheLastWhateverTheCase()
    {
        var metadata = new Metadata();
        metadata.Add("Token", "first");
        metadata.Add("token", "last");

        Assert.Equal("last", metadata.GetValue("TOKEN"));
        Assert.Equal(["first", "last"], metadata.GetAll("token").Select(entry => entry.Text));
        Assert.Null(metadata.GetValue("other"));
    }

    [Theory]
    [InlineData("AQID", new byte[] { 1, 2, 3 })]
    [InlineData("AQI=", new byte[] { 1, 2 })]
    [InlineData("AQI", new byte[] { 1, 2 })]
    [InlineData("", new byte[0])]
    public void AddReceived_Base64WithOrWithoutPadding_IsRead(string value, byte[] expected)
    {
        var metadata = new Metadata();
        MetadataCodec.AddReceived(metadata, "Trace-Bin", value);
        Assert.Equal(expected, metadata.GetValueBytes("trace-bin"));
    }

    [Fact]
    public void AddReceived_JoinedBinaryValues_AreTakenApartAndBadOnesLeftOut()
    {
        var metadata = new Metadata();
        MetadataCodec.AddReceived(metadata, "x-bin", "AQ==, !!!!,Ag");
        Assert.Equal([[1], [2]], metadata.GetAll("x-bin").Select(entry => entry.Bytes!.Value.ToArray()));
    }

    [Fact]
    public void AddReceived_RandomBinaryText_NeverThrows()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var metadata = new Metadata();
            var text = new string(random.GetItems<char>("AQz09+/=, -_\n", random.Next(0, 20)));
            MetadataCodec.AddReceived(metadata, "x-bin", text);
            Assert.All(metadata, entry => Assert.NotNull(entry.Bytes));
        }
    }

    [Fact]
    public async Task Call_HeadersAndTrailersBothWays_ArriveUnchanged()
    {
        byte[] binary = [0, 255, 10, 13];
        var service = new ScriptedService
        {
            One = async (request, context) =>
            {
                var headers = new Metadata { { "region", context.RequestHeaders.GetValue("region")! } };
                await context.WriteResponseHeadersAsync(headers);
                context.ResponseTrailers.Add("digest-bin", context.RequestHeaders.GetValueBytes("digest-bin")!);
                return request;
            },
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect();
        var sent = new Metadata { { "region", "north" }, { "digest-bin", binary } };
        using var call = channel.Unary(ScriptedMethods.One, ScriptedMethods.Text(""), new CallOptions(sent));

        Assert.Equal("north", (await call.ResponseHeadersAsync.Bounded()).GetValue("region"));
        await call.ResponseAsync.Bounded();
        Assert.Equal(binary, call.GetTrailers().GetValueBytes("digest-bin"));
    }

    [Fact]
    public async Task Call_MetadataProvider_IsAskedForEachCall()
    {
        var asked = 0;
        var service = new ScriptedService
        {
            One = (_, context) => Task.FromResult(ScriptedMethods.Text(context.RequestHeaders.GetValue("token")!)),
        };
        await using var server = await TestServer.StartAsync(routes => routes.MapRpcService(service));
        using var channel = server.Connect(new RpcChannelOptions
        {
            MetadataProvider = _ => ValueTask.FromResult(new Metadata { { "token", $"t{++asked}" } }),
        });

        var first = await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync.Bounded();
        var second = await channel.Unary(ScriptedMethods.One, ScriptedMethods.Text("")).ResponseAsync.Bounded();

        Assert.Equal(("t1", "t2"), (first.Value.ToStringUtf8(), second.Value.ToStringUtf8()));
    }
}
