using System.Buffers.Binary;
using Federation.Proofs.Groth16.Parameters;

namespace Federation.Launcher.Tests;

/// <summary>
/// Parameter files of the right form, with points that are none: enough for whoever looks without computing.
/// </summary>
internal static class FakeParameters
{
    /// <summary>Writes a circuit's files, as a generator would.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="circuit">Names and shapes them.</param>
    /// <param name="fill">What the key's points are made of: keys of different fill differ.</param>
    public static void Write(string folder, CircuitId circuit, byte fill = 1)
    {
        Directory.CreateDirectory(folder);
        var key = new byte[ParameterLayout.KeySizeOf(circuit)];
        key.AsSpan().Fill(fill);
        var fixedPoints = (3 * ParameterLayout.G1Size) + (3 * ParameterLayout.G2Size);
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(fixedPoints), circuit.PublicInputs + 1);
        // Section h of one point, then l, a, b and b in G2 of none.
        byte[] sections = [0, 0, 0, 1, .. new byte[ParameterLayout.G1Size + (4 * sizeof(int))]];
        foreach (var (name, bytes) in new[]
        {
            (circuit.VerifyingKeyName, key), (circuit.ParametersName, (byte[])[.. key, .. sections]),
        })
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            File.WriteAllText(Path.Combine(folder, name + ".sha256"), "");
        }
    }
}
