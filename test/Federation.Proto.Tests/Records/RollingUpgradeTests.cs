using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Federation.Proto.Records;
using Federation.Proto.Tests.Support;
using Google.Protobuf;

namespace Federation.Proto.Tests.Records;

/// <summary>A program of version N rewrites records of version N+1 without losing what it does not know.</summary>
public sealed class RollingUpgradeTests
{
    private const string Key = "probe";

    [Fact]
    public void Write_ByTheOlderProgram_KeepsAllThatTheNewerWrote()
    {
        var written = RecordJson.Write(Newest());

        var old = RecordJson.Parse<V1.Probe>(Key, written);
        old.Name = "renamed";
        old.Inner.Ticket = "t2";
        old.Steps[1].Seconds = 9;
        old.Slots["C2"] = 1;
        var read = RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written));

        var expected = Newest();
        expected.Name = "renamed";
        expected.Inner.Ticket = "t2";
        expected.Steps[1].Seconds = 9;
        expected.Slots["C2"] = 1;
        Assert.Equal(expected, read);
    }

    [Fact]
    public void Write_NothingChanged_GivesTheSameMembers()
    {
        var written = RecordJson.Write(Newest());
        var again = RecordJson.Write(RecordJson.Parse<V1.Probe>(Key, written), written);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(again)));
    }

    [Fact]
    public void Write_UnknownEnumName_StaysUntilTheOlderProgramSetsTheField()
    {
        var written = RecordJson.Write(new V2.Probe { State = V2.State.Paused });
        var old = RecordJson.Parse<V1.Probe>(Key, written);
        Assert.Equal(V1.State.Unspecified, old.State);
        Assert.Equal(V2.State.Paused, RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written)).State);

        old.State = V1.State.Running;
        Assert.Equal(V2.State.Running, RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written)).State);
    }

    [Fact]
    public void Write_MemberThatTheOlderProgramRemoved_StaysRemovedWithAllInIt()
    {
        var written = RecordJson.Write(Newest());
        var old = RecordJson.Parse<V1.Probe>(Key, written);
        old.Inner = null;
        old.RetryAfterMs = 0;
        old.ByRegion.Remove("north");

        var read = RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written));

        Assert.Null(read.Inner);
        Assert.Equal(0, read.RetryAfterMs);
        Assert.Equal("south", Assert.Single(read.ByRegion).Key);
        Assert.Equal(2.5, read.ByRegion["south"].Weight);
    }

    [Fact]
    public void Write_ListChanged_UnknownMembersFollowTheirElements()
    {
        var written = RecordJson.Write(Newest());
        var old = RecordJson.Parse<V1.Probe>(Key, written);
        old.Steps.RemoveAt(0);
        old.Steps.Insert(1, new V1.Step { Phase = "C1" });

        var steps = RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written)).Steps;

        Assert.Equal(["PC1:host-b", "C1:", "PC2:host-c"], steps.Select(step => $"{step.Phase}:{step.Host}"));
    }

    [Fact]
    public void Write_ElementReplacedByAnother_DoesNotInheritUnknownMembers()
    {
        var written = RecordJson.Write(Newest());
        var old = RecordJson.Parse<V1.Probe>(Key, written);
        old.Steps[0] = new V1.Step { Phase = "FIN", Seconds = 1 };

        Assert.Equal(string.Empty, RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written)).Steps[0].Host);
    }

    [Fact]
    public void Write_VersionLoweredByTheOlderProgram_StaysTheGreater()
    {
        var written = RecordJson.Write(new V2.Probe { Version = 5 });
        Assert.Equal(5u, Version(new V1.Probe { Version = 4 }, written));
        Assert.Equal(5u, Version(new V1.Probe(), written));
        Assert.Equal(6u, Version(new V1.Probe { Version = 6 }, written));
    }

    [Fact]
    public void Write_UnknownNumbersAndTexts_StayAsTheyWereTyped()
    {
        var written = Encoding.UTF8.GetBytes(
            """{"name":"a","huge":123456789012345678901234567890.10,"text":"\u00e9\u0001\uD83D\uDE00","n":null}""");
        var again = RecordJson.Write(RecordJson.Parse<V1.Probe>(Key, written), written);

        using var document = JsonDocument.Parse(again);
        Assert.Equal("123456789012345678901234567890.10", document.RootElement.GetProperty("huge").GetRawText());
        Assert.Equal("é\u0001\U0001F600", document.RootElement.GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("n").ValueKind);
    }

    [Fact]
    public void Write_OriginalInCamelCase_IsReplacedNotDoubled()
    {
        var written = Encoding.UTF8.GetBytes("""{"retryAfterMs":"5","byRegion":{"n":{"ticket":"a","newer":1}}}""");
        var old = RecordJson.Parse<V1.Probe>(Key, written);
        old.RetryAfterMs = 6;
        Assert.Equal(
            """{"by_region":{"n":{"ticket":"a","newer":1}},"retry_after_ms":"6"}""",
            Encoding.UTF8.GetString(RecordJson.Write(old, written)));
    }

    [Fact]
    public void WriteFrom_OfferThatBecomesAJob_CarriesWhatNeitherKnows()
    {
        var offer = Encoding.UTF8.GetBytes(
            """
            {"version":2,"sector":"7","region":"north","priority":3,"newer":"x","spec":{"miner":"1000","newer":1}}
            """);
        var job = new JobRecord { Version = 1, Sector = 7, Spec = new SealSpec { Miner = 1000 } };

        Assert.Equal(
            """{"version":2,"sector":"7","spec":{"miner":"1000","newer":1},"newer":"x"}""",
            Encoding.UTF8.GetString(RecordJson.WriteFrom<JobRecord, QueueRecord>(job, offer)));
    }

    [Fact]
    public void Write_KeptMembersOverTheLimit_IsRefused()
    {
        var written = Encoding.UTF8.GetBytes($$"""{"newer":"{{new string('x', 16_000)}}"}""");
        Assert.Throws<RecordTooLargeException>(
            () => RecordJson.Write(new V1.Probe { Name = new string('y', 1000) }, written));
    }

    [Fact]
    public void Write_RandomRecordsAndChanges_LoseNothingUnknown()
    {
        var random = new Random(Seeds.Seed);
        for (var round = 0; round < Seeds.Cases / 20; round++)
        {
            var newest = RandomProbe(random);
            var written = RecordJson.Write(newest);
            var old = RecordJson.Parse<V1.Probe>(Key, written);
            old.Name = $"n{round}";
            newest.Name = old.Name;
            foreach (var index in Enumerable.Range(0, old.Steps.Count).Where(_ => random.Next(2) == 0))
            {
                old.Steps[index].Seconds += 1;
                newest.Steps[index].Seconds += 1;
            }

            var read = RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(old, written));
            Assert.True(newest.Equals(read), $"seed {Seeds.Seed} round {round}:\n{newest}\n{read}");
        }
    }

    [Fact]
    public void Parse_MutatedRecords_GiveARecordOrARecordFormatException()
    {
        var random = new Random(Seeds.Seed);
        var written = RecordJson.Write(Newest());
        for (var round = 0; round < Seeds.Cases; round++)
        {
            var mutated = (byte[])written.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                mutated[random.Next(mutated.Length)] = random.Next(2) == 0
                    ? (byte)random.Next(256)
                    : (byte)"{}[]\",:0-9enullx"[random.Next(16)];
            }

            try
            {
                var old = RecordJson.Parse<V1.Probe>(Key, mutated);
                RecordJson.Write(old, mutated);
            }
            catch (RecordFormatException e)
            {
                Assert.Equal(Key, e.Key);
            }
        }
    }

    private static uint Version(V1.Probe record, byte[] original) =>
        RecordJson.Parse<V2.Probe>(Key, RecordJson.Write(record, original)).Version;

    private static V2.Probe Newest() => new()
    {
        Version = 2,
        Name = "probe",
        State = V2.State.Paused,
        Inner = new V2.Inner { Ticket = "t1", Weight = 1.5, Last = new V2.Step { Phase = "AP", Host = "host-a" } },
        Steps =
        {
            new V2.Step { Phase = "AP", State = V2.State.Running, Host = "host-a" },
            new V2.Step { Phase = "PC1", State = V2.State.Paused, Host = "host-b", Note = new V2.Note { Text = "n" } },
            new V2.Step { Phase = "PC2", Host = "host-c" },
        },
        ByRegion =
        {
            ["north"] = new V2.Inner { Ticket = "n", Weight = 0.5 },
            ["south"] = new V2.Inner { Ticket = "s", Weight = 2.5 },
        },
        Slots = { ["PC1"] = 2 },
        RetryAfterMs = 1000,
        Operator = "needed",
        GreatNumber = ulong.MaxValue,
        Notes = { new V2.Note { Text = "a", Data = ByteString.CopyFrom(1, 2, 255) } },
        Forced = false,
    };

    private static V2.Probe RandomProbe(Random random)
    {
        var probe = new V2.Probe { Version = (uint)random.Next(5), GreatNumber = (ulong)random.NextInt64() };
        for (var i = random.Next(4); i > 0; i--)
        {
            probe.Steps.Add(RandomStep(random, i));
            var inner = new V2.Inner { Last = RandomStep(random, i), Weight = random.Next(3) };
            probe.ByRegion[$"r{random.Next(3)}"] = inner;
        }

        return probe;
    }

    private static V2.Step RandomStep(Random random, int number) => new()
    {
        Phase = $"P{number}",
        State = (V2.State)random.Next(3),
        Seconds = random.Next(100),
        Host = random.Next(2) == 0 ? string.Empty : $"h{random.Next(9)}",
        Note = random.Next(2) == 0 ? null : new V2.Note { Text = $"{random.Next()}" },
    };
}
