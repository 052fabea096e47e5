using System.Security.Cryptography;
using System.Text;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Generation;

namespace Federation.Proofs.Tests.Groth16.Generation;

/// <summary>The secrets of the golden parameters, by the circuit's name.</summary>
internal static class KnownSecrets
{
    public static ToxicWaste Of(string circuit) => new(
    [
        .. new[] { "alpha", "beta", "gamma", "delta", "tau" }.Select(name => Secret($"{circuit}/{name}")),
    ]);

    private static Fr Secret(string name)
    {
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes($"federation/test-parameters/{name}"));
        digest[^1] &= 0x3f;
        return Fr.FromBytes(digest);
    }
}
