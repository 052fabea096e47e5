using System.Text.Json;
using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Circuits;

/// <summary>The streams of whole circuits: the reference's, part by part, and those recorded here.</summary>
public sealed class CircuitStreamTests
{
    private static readonly IReadOnlyDictionary<string, string> Own =
        JsonSerializer.Deserialize<Dictionary<string, string>>(Vectors.Read("circuits/own-digests.json"))!;

    public static TheoryData<string> PostOutlines =>
        ["window-2KiB", .. AtHand("window-32KiB"), .. AtHand("winning-2KiB")];

    public static TheoryData<string> PoRepOutlines => [.. AtHand("porep-2KiB"), .. AtHand("porep-32KiB"), ""];

    public static TheoryData<string> SmallCircuits =>
        [.. Own.Keys.Where(name => !name.StartsWith("porep", StringComparison.Ordinal) && !IsLarge(name))];

    public static TheoryData<string> LargeCircuits =>
        [.. Own.Keys.Where(name => name.StartsWith("porep", StringComparison.Ordinal) || IsLarge(name))];

    [Theory]
    [MemberData(nameof(PostOutlines))]
    public void Outline_OfPost_IsTheReferences(string name) => AssertOutline(name);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(PoRepOutlines))]
    public void Outline_OfPoRep_IsTheReferences(string name)
    {
        if (name.Length > 0)
        {
            AssertOutline(name);
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(SmallCircuits))]
    public void Digest_OfSmallCircuit_IsAsRecorded(string name) => AssertDigest(name);

    /// <summary>Up to 130 million rows.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(LargeCircuits))]
    public void Digest_OfLargeCircuit_IsAsRecorded(string name) => AssertDigest(name);

    private static bool IsLarge(string name) =>
        name.StartsWith("window", StringComparison.Ordinal) && (name.EndsWith("32GiB", StringComparison.Ordinal)
            || name.EndsWith("64GiB", StringComparison.Ordinal));

    private static void AssertOutline(string name)
    {
        var file = $"circuits/{name}.outline.tsv";
        var expected = File.ReadLines(SharedVectors.Find(file) ?? Path.Combine(Vectors.Folder, file));

        var outline = CircuitDigest.Compute(Circuit(name), withOutline: true).Outline;

        // The first column is a name, which is free.
        Assert.Equal(expected.Select(Numbers), outline.Select(entry => Numbers(entry.ToString())));

        static string Numbers(string line) => string.Join('\t', line.Split('\t')[1..]);
    }

    private static void AssertDigest(string name)
    {
        var digest = CircuitDigest.Compute(Circuit(name));

        Assert.Equal(Own[name], digest.Sha256);
        var parts = name.Split('-');
        Assert.Equal(CircuitVector.Of(parts[0], parts[1]).Size, digest.Size);
    }

    private static ICircuit Circuit(string name)
    {
        var parts = name.Split('-');
        return CircuitDescriptions.Of(new CircuitId(CircuitId.ParseKind(parts[0]), SectorShape.Parse(parts[1])));
    }

    private static IEnumerable<string> AtHand(string name) =>
        SharedVectors.Find($"circuits/{name}.outline.tsv") is null ? [] : [name];
}
