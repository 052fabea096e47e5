using System.Runtime.InteropServices;

namespace Federation.Proofs.Labels;

/// <summary>
/// libcrypto's block function, reached through SHA256_Update on whole blocks: no .NET interface gives the processor's
/// SHA instructions, and one call per label instead of a whole digest leaves out what does not depend on the label
/// before. Found at run time; used only when it computes a known digest.
/// </summary>
internal static unsafe class LibCrypto
{
    private static readonly string[] Names =
        OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib"] : ["libcrypto.so.3", "libcrypto.so.1.1"];

    // Resolved once; the library stays loaded for the life of the process.
    private static readonly delegate* unmanaged[SuppressGCTransition]<Sha256Context*, byte*, nuint, int> UpdateEntry =
        (delegate* unmanaged[SuppressGCTransition]<Sha256Context*, byte*, nuint, int>)Load();

    /// <summary>The library was found and computes SHA-256.</summary>
    public static bool IsAvailable => UpdateEntry != null && Works;

    /// <summary>The library's file name, or null.</summary>
    public static string? Name { get; private set; }

    private static bool Works { get; } = UpdateEntry != null && ComputesKnownState();

    /// <summary>
    /// Compresses whole blocks into the context's state. A call takes less than a microsecond for 20 blocks, so that
    /// the thread need not tell the garbage collector of it.
    /// </summary>
    public static void Compress(Sha256Context* context, byte* blocks, int count) =>
        UpdateEntry(context, blocks, (nuint)count * Sha256Context.BlockSize);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                if (NativeLibrary.TryGetExport(library, "SHA256_Update", out var entry))
                {
                    Name = name;
                    return entry;
                }

                NativeLibrary.Free(library);
            }
        }

        return 0;
    }

    private static bool ComputesKnownState()
    {
        const int count = 3;
        using var memory = new NativeBuffer((2 * sizeof(Sha256Context)) + (count * Sha256Context.BlockSize));
        var blocks = memory.Pointer + (2 * sizeof(Sha256Context));
        for (var i = 0; i < count * Sha256Context.BlockSize; i++)
        {
            blocks[i] = (byte)(i * 7);
        }

        var found = (Sha256Context*)memory.Pointer;
        var expected = found + 1;
        Sha256Context.Start(found);
        Sha256Context.Start(expected);
        Compress(found, blocks, count);
        ScalarBlocks.Compress(expected->State, blocks, count);
        return new Span<uint>(found->State, 8).SequenceEqual(new Span<uint>(expected->State, 8));
    }
}
