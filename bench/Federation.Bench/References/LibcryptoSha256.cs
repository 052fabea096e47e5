using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Federation.Bench.Figures;

namespace Federation.Bench.References;

/// <summary>
/// SHA-256 of messages of one length through the system's libcrypto, as its own speed test does it: a fetched digest, a
/// context that is used again, one thread, the same message each time.
/// </summary>
/// <param name="name">The figure's name.</param>
/// <param name="messageSize">Bytes of a message.</param>
internal sealed class LibcryptoSha256(string name, int messageSize) : IFigure
{
    private const int BytesPerRun = 4 << 20;

    private readonly byte[] _message = new byte[messageSize], _digest = new byte[SHA256.HashSizeInBytes];

    private nint _algorithm, _context;

    public string Name => name;

    public FigureUnit Unit => FigureUnit.BytesPerSecond();

    public string Operation => "byte";

    public int Cores => 1;

    public void Prepare(FigureContext context, CancellationToken cancellationToken)
    {
        _algorithm = Native.Fetch(0, "SHA256", null);
        _context = Native.NewContext();
        Array.Fill(_message, (byte)0xa5);
        HashOnce();
        if (!_digest.AsSpan().SequenceEqual(SHA256.HashData(_message)))
        {
            throw new InvalidOperationException("libcrypto's SHA-256 is not that of the runtime");
        }
    }

    public double Run(CancellationToken cancellationToken)
    {
        var count = BytesPerRun / messageSize;
        for (var i = 0; i < count; i++)
        {
            HashOnce();
        }

        return (double)count * messageSize;
    }

    public void Dispose()
    {
        if (_context != 0)
        {
            Native.FreeContext(_context);
            Native.FreeAlgorithm(_algorithm);
            _context = 0;
        }
    }

    private void HashOnce()
    {
        var done = Native.Init(_context, _algorithm, 0)
            & Native.Update(_context, ref MemoryMarshal.GetArrayDataReference(_message), (nuint)messageSize)
            & Native.Final(_context, ref MemoryMarshal.GetArrayDataReference(_digest), out _);
        if (done != 1)
        {
            throw new InvalidOperationException("libcrypto refused to hash");
        }
    }

    private static class Native
    {
        private const string Library = "libcrypto.so.3";

        [DllImport(Library, EntryPoint = "EVP_MD_fetch", CharSet = CharSet.Ansi, BestFitMapping = false)]
        internal static extern nint Fetch(nint library, string algorithm, string? properties);

        [DllImport(Library, EntryPoint = "EVP_MD_free")]
        internal static extern void FreeAlgorithm(nint algorithm);

        [DllImport(Library, EntryPoint = "EVP_MD_CTX_new")]
        internal static extern nint NewContext();

        [DllImport(Library, EntryPoint = "EVP_MD_CTX_free")]
        internal static extern void FreeContext(nint context);

        // No transition of the collector's mode: it would cost the reference some per cent at short messages.
        [SuppressGCTransition]
        [DllImport(Library, EntryPoint = "EVP_DigestInit_ex2")]
        internal static extern int Init(nint context, nint algorithm, nint parameters);

        [SuppressGCTransition]
        [DllImport(Library, EntryPoint = "EVP_DigestUpdate")]
        internal static extern int Update(nint context, ref byte data, nuint size);

        [SuppressGCTransition]
        [DllImport(Library, EntryPoint = "EVP_DigestFinal_ex")]
        internal static extern int Final(nint context, ref byte digest, out uint size);
    }
}
