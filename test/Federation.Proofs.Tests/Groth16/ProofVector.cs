using System.Text.Json;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>A proof of the reference implementation with its randomness known, of one or more partitions.</summary>
internal sealed record ProofVector(
    string Name, string Circuit, IReadOnlyList<Fr[]> Inputs, IReadOnlyList<Fr> R, IReadOnlyList<Fr> S, byte[] Proof)
{
    public static IReadOnlyList<ProofVector> All { get; } = Load();

    public static TheoryData<string> Names => [.. All.Select(vector => vector.Name)];

    public Groth16Proof[] Proofs => Groth16Proof.TryReadAll(Proof, Inputs.Count, out var proofs, out var reason)
        ? proofs
        : throw new FormatException(reason);

    public static ProofVector Named(string name) => All.Single(vector => vector.Name == name);

    public static VerifyingKey Key(string circuit) => VerifyingKey.FromBytes(KeyBytes(circuit));

    public static byte[] KeyBytes(string circuit) => Vectors.Read($"groth16/{circuit}.vk");

    private static List<ProofVector> Load()
    {
        using var document = JsonDocument.Parse(Vectors.Read("groth16/proofs.json"));
        return
        [
            .. document.RootElement.EnumerateArray().Select(one => new ProofVector(
                one.GetProperty("name").GetString()!,
                one.GetProperty("circuit").GetString()!,
                [.. one.GetProperty("inputs").EnumerateArray().Select(Scalars)],
                Scalars(one.GetProperty("r")),
                Scalars(one.GetProperty("s")),
                Convert.FromHexString(one.GetProperty("proof").GetString()!))),
        ];
    }

    private static Fr[] Scalars(JsonElement list) =>
        [.. list.EnumerateArray().Select(hex => Fr.FromBytes(Convert.FromHexString(hex.GetString()!)))];
}
