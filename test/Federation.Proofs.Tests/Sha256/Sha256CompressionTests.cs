using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Tests.Sha256;

/// <summary>Every way to take a block, on every width, gives the digests of the system.</summary>
public class Sha256CompressionTests
{
    private const int Seed = 6;
    private const int StateWords = 8, ScheduleWords = 64, BlockWords = 16;

    private static readonly int[] Order = [0, 1, 0, 1, 0];

    public static TheoryData<int> Lanes => [4, 8, 16];

    // Two blocks by turns, each expanded once, as labels repeat their parents; then a block that is the same for all.
    [Theory]
    [MemberData(nameof(Lanes))]
    public void Compress_RepeatedBlocks_EqualsSystemSha256(int lanes)
    {
        Action<bool> check = lanes switch
        {
            4 => Check<Vector128<uint>, Lanes4>,
            8 => Check<Vector256<uint>, Lanes8>,
            _ => Check<Vector512<uint>, Lanes16>,
        };
        check(false);
        check(true);
    }

    [Fact]
    public void Compress_WrongLengths_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Compression<Vector128<uint>, Lanes4>.Compress(
            new Vector128<uint>[StateWords - 1], new Vector128<uint>[ScheduleWords]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Compression<Vector128<uint>, Lanes4>.CompressExpanded(
            new Vector128<uint>[StateWords], new Vector128<uint>[BlockWords]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha256Compression<Vector128<uint>, Lanes4>.CompressShared(
            new Vector128<uint>[StateWords], new uint[ScheduleWords + 1]));
    }

    private static void Check<TVector, TLanes>(bool twoStates)
        where TVector : unmanaged
        where TLanes : struct, ILanes<TVector>
    {
        int lanes = TLanes.Count;
        uint[][] blocks = [RandomWords(Seed, 2 * lanes), RandomWords(Seed + 1, 2 * lanes)];
        TVector[][] states = [new TVector[StateWords], new TVector[StateWords]];
        TVector[][][] schedules = [.. Enumerable.Range(0, 2).Select(half =>
            blocks.Select(block => Interleave<TVector>(block, half * lanes, lanes)).ToArray())];
        Array.ForEach(states, state => Sha256Compression<TVector, TLanes>.Initialize(state));
        for (int i = 0; i < Order.Length; i++)
        {
            Take<TVector, TLanes>(twoStates, i >= 2, Order[i], states, schedules);
        }

        uint[] closing = SharedBlock(Order.Length * 64);
        if (twoStates)
        {
            Sha256Compression<TVector, TLanes>.CompressShared(states[0], states[1], closing);
        }
        else
        {
            Array.ForEach(states, state => Sha256Compression<TVector, TLanes>.CompressShared(state, closing));
        }

        for (int message = 0; message < 2 * lanes; message++)
        {
            Assert.Equal(Expected(blocks, message), Digest(states[message / lanes], message % lanes, lanes));
        }
    }

    private static void Take<TVector, TLanes>(
        bool twoStates, bool expanded, int block, TVector[][] states, TVector[][][] schedules)
        where TVector : unmanaged
        where TLanes : struct, ILanes<TVector>
    {
        TVector[] schedule0 = schedules[0][block], schedule1 = schedules[1][block];
        switch (twoStates, expanded)
        {
            case (true, true):
                Sha256Compression<TVector, TLanes>.CompressExpanded(states[0], schedule0, states[1], schedule1);
                break;
            case (true, false):
                Sha256Compression<TVector, TLanes>.Compress(states[0], schedule0, states[1], schedule1);
                break;
            case (false, true):
                Sha256Compression<TVector, TLanes>.CompressExpanded(states[0], schedule0);
                Sha256Compression<TVector, TLanes>.CompressExpanded(states[1], schedule1);
                break;
            default:
                Sha256Compression<TVector, TLanes>.Compress(states[0], schedule0);
                Sha256Compression<TVector, TLanes>.Compress(states[1], schedule1);
                break;
        }
    }

    private static uint[] RandomWords(int seed, int messages)
    {
        var words = new uint[messages * BlockWords];
        new Random(seed).NextBytes(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    private static TVector[] Interleave<TVector>(uint[] block, int firstMessage, int lanes)
        where TVector : unmanaged
    {
        var schedule = new TVector[ScheduleWords];
        Span<uint> words = MemoryMarshal.Cast<TVector, uint>(schedule.AsSpan());
        for (int i = 0; i < BlockWords * lanes; i++)
        {
            words[i] = block[((firstMessage + (i % lanes)) * BlockWords) + (i / lanes)];
        }

        return schedule;
    }

    private static uint[] SharedBlock(int messageBytes)
    {
        var schedule = new uint[ScheduleWords];
        schedule[0] = 0x80000000;
        schedule[15] = (uint)messageBytes * 8;
        Sha256Scalar.ExpandSchedule(schedule);
        return [.. schedule.Select((word, i) => word + Sha256Constants.Rounds[i])];
    }

    private static byte[] Expected(uint[][] blocks, int message)
    {
        var bytes = new byte[Order.Length * 64];
        for (int i = 0; i < Order.Length * BlockWords; i++)
        {
            uint word = blocks[Order[i / BlockWords]][(message * BlockWords) + (i % BlockWords)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), word);
        }

        return SHA256.HashData(bytes);
    }

    private static byte[] Digest<TVector>(TVector[] state, int lane, int lanes)
        where TVector : unmanaged
    {
        Span<uint> words = MemoryMarshal.Cast<TVector, uint>(state.AsSpan());
        var digest = new byte[32];
        for (int i = 0; i < StateWords; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(4 * i), words[(i * lanes) + lane]);
        }

        return digest;
    }
}
