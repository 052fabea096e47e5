using System.Security.Cryptography;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Groth16;

/// <summary>Secret scalars from the system's randomness. Nothing of them is kept here.</summary>
internal static class SystemScalars
{
    /// <summary>An element other than zero, each with the same probability.</summary>
    public static Fr NextNonZero()
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes];
        try
        {
            while (true)
            {
                RandomNumberGenerator.Fill(bytes);

                // The order has 255 bits: with the top bit cleared, nine of ten draws are below it.
                bytes[^1] &= 0x7f;
                if (Fr.TryFromBytes(bytes, out var scalar) && !scalar.IsZero)
                {
                    return scalar;
                }
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>An element other than zero of 128 bits: a weight of one proof among many.</summary>
    public static Fr NextWeight()
    {
        Span<byte> bytes = stackalloc byte[Fr.SizeBytes];
        Fr weight;
        do
        {
            bytes.Clear();
            RandomNumberGenerator.Fill(bytes[..(Fr.SizeBytes / 2)]);
            weight = Fr.FromBytes(bytes);
        }
        while (weight.IsZero);
        return weight;
    }
}
