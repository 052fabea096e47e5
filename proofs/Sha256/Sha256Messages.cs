using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Federation.Proofs.Sha256;

/// <summary>SHA-256 of whole messages of one length, a lane for each. Stateless, allocation-free.</summary>
internal static unsafe class Sha256Messages<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<TVector>
{
    private const int BlockBytes = 64;
    private const int DigestBytes = 32;
    private const int LengthBytes = sizeof(ulong);
    private const int StateWords = Sha256Compression<TVector, TLanes>.StateWords;
    private const int ScheduleWords = Sha256Compression<TVector, TLanes>.ScheduleWords;

    // A tail has one block or two for each lane; no vector has more lanes than this.
    private const int MostLanes = 16;
    private const int TailBytes = 2 * BlockBytes;

    /// <summary>Hashes as many messages as fill whole vectors and returns their number.</summary>
    /// <param name="messages">Messages one behind the other.</param>
    /// <param name="length">Bytes of each.</param>
    /// <param name="digests">32 bytes for each; must not overlap the messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is wrong.</exception>
    [SkipLocalsInit]
    internal static int Hash(ReadOnlySpan<byte> messages, int length, Span<byte> digests)
    {
        int count = digests.Length / DigestBytes;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(digests.Length, count * DigestBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(messages.Length, (long)count * length);

        byte* memory = stackalloc byte[sizeof(TVector) * ((2 * (StateWords + ScheduleWords)) + 1)];
        TVector* scratch = Sha256Blocks<TVector, TLanes>.Align(memory);
        int done = 0;
        fixed (byte* source = messages, target = digests)
        {
            for (; TLanes.FitsTwoStates && count - done >= 2 * TLanes.Count; done += 2 * TLanes.Count)
            {
                HashTwo(source + ((long)done * length), length, target + (done * DigestBytes), scratch);
            }

            for (; count - done >= TLanes.Count; done += TLanes.Count)
            {
                HashOne(source + ((long)done * length), length, target + (done * DigestBytes), scratch);
            }
        }

        return done;
    }

    private static void HashOne(byte* messages, int length, byte* digests, TVector* scratch)
    {
        TVector* state = scratch;
        TVector* schedule = state + StateWords;
        Sha256Compression<TVector, TLanes>.Initialize(state);
        int position = 0;
        for (; length - position >= BlockBytes; position += BlockBytes)
        {
            Sha256Blocks<TVector, TLanes>.Load(messages + position, length, schedule);
            Sha256Compression<TVector, TLanes>.Compress(state, schedule);
        }

        HashTail(state, schedule, messages, position, length);
        Sha256Blocks<TVector, TLanes>.Store(state, digests, DigestBytes);
    }

    private static void HashTwo(byte* messages, int length, byte* digests, TVector* scratch)
    {
        TVector* state0 = scratch;
        TVector* state1 = state0 + StateWords;
        TVector* schedule0 = state1 + StateWords;
        TVector* schedule1 = schedule0 + ScheduleWords;
        byte* messages1 = messages + ((long)TLanes.Count * length);
        Sha256Compression<TVector, TLanes>.Initialize(state0);
        Sha256Compression<TVector, TLanes>.Initialize(state1);
        int position = 0;
        for (; length - position >= BlockBytes; position += BlockBytes)
        {
            Sha256Blocks<TVector, TLanes>.Load(messages + position, length, schedule0);
            Sha256Blocks<TVector, TLanes>.Load(messages1 + position, length, schedule1);
            Sha256Compression<TVector, TLanes>.Compress(state0, schedule0, state1, schedule1);
        }

        HashTail(state0, schedule0, messages, position, length);
        HashTail(state1, schedule1, messages1, position, length);
        Sha256Blocks<TVector, TLanes>.Store(state0, digests, DigestBytes);
        Sha256Blocks<TVector, TLanes>.Store(state1, digests + (TLanes.Count * DigestBytes), DigestBytes);
    }

    // The rest of each message, a one bit, zeros, and the length in bits.
    [SkipLocalsInit]
    private static void HashTail(TVector* state, TVector* schedule, byte* messages, int position, int length)
    {
        byte* tails = stackalloc byte[MostLanes * TailBytes];
        int rest = length - position;
        int tailBytes = rest + 1 + LengthBytes > BlockBytes ? TailBytes : BlockBytes;
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            var tail = new Span<byte>(tails + (lane * TailBytes), tailBytes);
            new ReadOnlySpan<byte>(messages + ((long)lane * length) + position, rest).CopyTo(tail);
            tail[rest] = 0x80;
            tail[(rest + 1)..].Clear();
            BinaryPrimitives.WriteUInt64BigEndian(tail[^LengthBytes..], 8UL * (uint)length);
        }

        for (int block = 0; block < tailBytes; block += BlockBytes)
        {
            Sha256Blocks<TVector, TLanes>.Load(tails + block, TailBytes, schedule);
            Sha256Compression<TVector, TLanes>.Compress(state, schedule);
        }
    }
}
