using System.Text.Json;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Proofs.Tests.Groth16.Parameters;

public sealed class OfficialDigestsTests
{
    /// <summary>Two rows that are committed, and all of Filecoin's publication where it is at hand.</summary>
    public static TheoryData<string, string> Published()
    {
        var rows = new TheoryData<string, string>
        {
            {
                "v28-stacked-proof-of-replication-merkletree-poseidon_hasher-8-0-0-sha256_hasher-032d3138d22506ec0082ed72b2dcba18df18477904e35bafee82b3793b06832f.vk",
                "dc1ade9929ade1708238f155343044ac"
            },
            {
                "v28-stacked-proof-of-replication-merkletree-poseidon_hasher-8-0-0-sha256_hasher-032d3138d22506ec0082ed72b2dcba18df18477904e35bafee82b3793b06832f.params",
                "434fb1338ecfaf0f59256f30dde4968f"
            },
        };
        if (SharedVectors.Find("published/parameters.json") is { } path)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var row in document.RootElement.EnumerateObject())
            {
                rows.Add(row.Name, row.Value.GetProperty("digest").GetString()!);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Of_PublishedFile_IsItsDigest(string name, string digest)
    {
        var all =
            from kind in Enum.GetValues<CircuitKind>()
            from shape in SectorShape.All
            let circuit = new CircuitId(kind, shape)
            let official = OfficialDigests.Of(circuit)
            where official is not null
            from file in new[]
            {
                (Name: circuit.ParametersName, Digest: official.Parameters),
                (Name: circuit.VerifyingKeyName, Digest: official.VerifyingKey),
            }
            select file;

        Assert.Equal(digest, Assert.Single(all, file => file.Name == name).Digest);
    }
}
