using System.Security.Cryptography;
using System.Text.Json;
using Federation.Proofs;
using Federation.Worker.Phases;

namespace Federation.Worker.Tests.External;

/// <summary>The reference's sector 2KiB-5: its values and its files.</summary>
internal static class Golden
{
    private static readonly JsonElement Values = JsonDocument.Parse(File.ReadAllBytes(PathOf("seals/seals.json")))
        .RootElement.EnumerateArray().Single(value => value.GetProperty("name").GetString() == "2KiB-5");

    public static PhaseSector Sector { get; } = new(SealConfig.FromRegistered(5), 1000, 1);

    public static Bytes32 Ticket { get; } = Value("ticket");

    public static Bytes32 Seed { get; } = Value("seed");

    public static Bytes32 CommD { get; } = Value("comm_d");

    public static Bytes32 CommR { get; } = Value("comm_r");

    public static Bytes32 CommC { get; } = Value("comm_c");

    public static Bytes32 CommRLast { get; } = Value("comm_r_last");

    public static Bytes32 ReplicaId { get; } = Value("replica_id");

    /// <summary>The proof with the vectors' randomness.</summary>
    public static string Proof { get; } = JsonDocument.Parse(File.ReadAllBytes(PathOf("groth16/proofs.json")))
        .RootElement.EnumerateArray().Single(value => value.GetProperty("name").GetString() == "porep 2KiB-5")
        .GetProperty("proof").GetString()!;

    public static string PathOf(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Federation.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Federation.sln is above no folder");
        }

        return Path.Combine(folder.FullName, "test", "vectors", name);
    }

    /// <summary>Every file that the vector has a digest of must have it.</summary>
    public static void AssertFiles(string cache, string replica)
    {
        foreach (var file in Values.GetProperty("files").EnumerateObject())
        {
            var path = file.Name == "sealed" ? replica : Path.Combine(cache, file.Name);
            Assert.Equal(
                (file.Name, file.Value.GetProperty("sha256").GetString()),
                (file.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))));
        }
    }

    private static Bytes32 Value(string name) => Bytes32.FromHex(Values.GetProperty(name).GetString()!);
}
