using Federation.Proofs.Constraints;
using Federation.Proofs.Sha256;

namespace Federation.Proofs.Circuits;

/// <summary>
/// SHA-256 (FIPS 180-4) of a message of whole bytes, highest bit of each first, and of a digest in the same order. Sums
/// are put off until a round needs their bits, as bellperson's gadget does.
/// </summary>
internal sealed class Sha256Gadget(ConstraintSystem system)
{
    internal const int DigestBits = 256;

    private const int BlockBits = 512;
    private const int LengthBits = 64;
    private const int Rounds = 64;
    private const int BlockWords = 16;

    private readonly PackedEqualities _equalities = new(system);
    private readonly Word[] _schedule = new Word[Rounds];
    private readonly Word[] _state = new Word[8];

    // What the next a and the next e are the sums of.
    private readonly Word[] _sumA = new Word[8];
    private readonly Word[] _sumE = new Word[7];

    /// <summary>The digest's 256 bits.</summary>
    internal void Hash(ReadOnlySpan<Bit> message, Span<Bit> digest)
    {
        Initial().CopyTo(_state, 0);
        Span<Bit> block = stackalloc Bit[BlockBits];
        var blocks = (message.Length + 1 + LengthBits + BlockBits - 1) / BlockBits;
        for (var i = 0; i < blocks; i++)
        {
            using var scope = system.Enter("block", i);
            Fill(block, message, i);
            Compress(block);
        }

        for (var i = 0; i < _state.Length; i++)
        {
            Word.WriteMessage(_state[i], digest.Slice(i * Word.Length, Word.Length));
        }
    }

    // The block with this number of the padded message: the message, a one, zeros, the message's length.
    private static void Fill(Span<Bit> block, ReadOnlySpan<Bit> message, int number)
    {
        block.Clear();
        var first = number * BlockBits;
        var rest = message.Length - first;
        if (rest > 0)
        {
            message.Slice(first, Math.Min(rest, BlockBits)).CopyTo(block);
        }

        if (rest is >= 0 and < BlockBits)
        {
            block[rest] = Bit.True;
        }

        if (rest < BlockBits - LengthBits)
        {
            for (var i = 0; i < LengthBits; i++)
            {
                block[BlockBits - 1 - i] = Bit.Constant(((ulong)message.Length >> i & 1) != 0);
            }
        }
    }

    private static Word[] Initial() =>
    [
        Word.Constant(Sha256Constants.Initial0), Word.Constant(Sha256Constants.Initial1),
        Word.Constant(Sha256Constants.Initial2), Word.Constant(Sha256Constants.Initial3),
        Word.Constant(Sha256Constants.Initial4), Word.Constant(Sha256Constants.Initial5),
        Word.Constant(Sha256Constants.Initial6), Word.Constant(Sha256Constants.Initial7),
    ];

    private void Compress(ReadOnlySpan<Bit> block)
    {
        ExpandSchedule(block);
        Span<Word> words = stackalloc Word[8];
        _state.CopyTo(words);
        ReadOnlySpan<Word> sumA = words[..1];
        ReadOnlySpan<Word> sumE = words.Slice(4, 1);
        for (var round = 0; round < Rounds; round++)
        {
            using var scope = system.Enter("compression round", round);
            Round(words, sumA, sumE, round);
            sumA = _sumA.AsSpan(0, 7);
            sumE = _sumE.AsSpan(0, 6);
        }

        AddToState(words);
        _equalities.Flush();
    }

    private void ExpandSchedule(ReadOnlySpan<Bit> block)
    {
        for (var i = 0; i < BlockWords; i++)
        {
            _schedule[i] = Word.FromMessage(block.Slice(i * Word.Length, Word.Length));
        }

        for (var i = BlockWords; i < Rounds; i++)
        {
            using var scope = system.Enter("w extension", i);
            ref readonly var before15 = ref _schedule[i - 15];
            ref readonly var before2 = ref _schedule[i - 2];
            var s0 = Sigma(Word.RotateRight(before15, 7), Word.RotateRight(before15, 18), Word.ShiftRight(before15, 3));
            var s1 = Sigma(Word.RotateRight(before2, 17), Word.RotateRight(before2, 19), Word.ShiftRight(before2, 10));
            _schedule[i] = system.Add(_equalities, [_schedule[i - 16], s0, _schedule[i - 7], s1]);
        }
    }

    // Leaves in _sumA and _sumE what the next a and e are to be the sums of.
    private void Round(Span<Word> words, ReadOnlySpan<Word> sumA, ReadOnlySpan<Word> sumE, int round)
    {
        var e = sumE.Length == 1 ? sumE[0] : system.Add(_equalities, sumE);
        var s1 = Sigma(Word.RotateRight(e, 6), Word.RotateRight(e, 11), Word.RotateRight(e, 25));
        var choice = system.Choose(e, words[5], words[6]);
        var a = sumA.Length == 1 ? sumA[0] : system.Add(_equalities, sumA);
        var s0 = Sigma(Word.RotateRight(a, 2), Word.RotateRight(a, 13), Word.RotateRight(a, 22));
        var majority = Majority(a, words[1], words[2]);

        _sumA[0] = words[7];
        _sumA[1] = s1;
        _sumA[2] = choice;
        _sumA[3] = Word.Constant(Sha256Constants.Rounds[round]);
        _sumA[4] = _schedule[round];
        _sumA.AsSpan(0, 5).CopyTo(_sumE);
        _sumE[5] = words[3];
        _sumA[5] = s0;
        _sumA[6] = majority;

        words[7] = words[6];
        words[6] = words[5];
        words[5] = e;
        words[3] = words[2];
        words[2] = words[1];
        words[1] = a;
    }

    private Word Majority(in Word a, in Word b, in Word c)
    {
        using var scope = system.Enter("maj");
        return system.Majority(a, b, c);
    }

    private Word Sigma(in Word first, in Word second, in Word third) =>
        system.Xor(system.Xor(first, second), third);

    private void AddToState(ReadOnlySpan<Word> words)
    {
        _sumA[7] = _state[0];
        _state[0] = system.Add(_equalities, _sumA);
        for (var i = 1; i < 4; i++)
        {
            _state[i] = system.Add(_equalities, [_state[i], words[i]]);
        }

        _sumE[6] = _state[4];
        _state[4] = system.Add(_equalities, _sumE);
        for (var i = 5; i < 8; i++)
        {
            _state[i] = system.Add(_equalities, [_state[i], words[i]]);
        }
    }
}
