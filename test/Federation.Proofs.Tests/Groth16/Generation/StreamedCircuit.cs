using System.Buffers.Binary;
using System.IO.Compression;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Groth16.Generation;

/// <summary>A circuit whose rows the reference implementation wrote down, without a witness.</summary>
internal sealed class StreamedCircuit(string path, CircuitSize size) : ICircuit
{
    public void Synthesize(ConstraintSystem system)
    {
        for (var i = 1; i < size.Inputs; i++)
        {
            system.AllocateInput(Fr.Zero);
        }

        for (var i = 0; i < size.Aux; i++)
        {
            system.Allocate(Fr.Zero);
        }

        using var file = File.OpenRead(path);
        using var stream = new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 20);
        for (var row = 0; row < size.Constraints - size.Inputs; row++)
        {
            Read(stream, system.A);
            Read(stream, system.B);
            Read(stream, system.C);
            system.Enforce();
        }
    }

    private static void Read(Stream stream, LinearCombination terms)
    {
        Span<byte> bytes = stackalloc byte[37];
        stream.ReadExactly(bytes[..4]);
        for (var count = BinaryPrimitives.ReadInt32LittleEndian(bytes); count > 0; count--)
        {
            stream.ReadExactly(bytes);
            var index = BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]);
            terms.Add(bytes[0] == 0 ? Variable.Input(index) : Variable.Aux(index), Fr.FromBytes(bytes[5..]));
        }
    }
}
