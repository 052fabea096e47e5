using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Tests.Constraints;

namespace Federation.Proofs.Tests.Circuits;

public sealed class WordGatesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Add_Words_IsTheirSumModulo32Bits(int count)
    {
        var numbers = new Numbers(count);
        uint[] words = [.. Enumerable.Range(0, count).Select(_ => numbers.Word())];
        var sum = words.Aggregate(0u, (total, word) => unchecked(total + word));

        var circuit = new Alterations(system =>
        {
            var equalities = new PackedEqualities(system);
            var result = system.Add(
                equalities, [.. words.Select((word, i) => i == 1 ? Word.Constant(word) : Allocate(system, word))]);
            equalities.Flush();
            Assert.Equal(system.HasWitness ? sum : Word.ValueOf(result), Word.ValueOf(result));
        });

        circuit.AssertAllBound();
    }

    [Fact]
    public void Add_Constants_StatesNothing()
    {
        var circuit = new LambdaCircuit(system =>
        {
            var equalities = new PackedEqualities(system);
            var sum = system.Add(equalities, [Word.Constant(0xffff_ffff), Word.Constant(3)]);
            equalities.Flush();
            Assert.True(Word.IsConstant(sum));
            Assert.Equal(2u, Word.ValueOf(sum));
        });

        Assert.Equal(new CircuitSize(1, 1, 0), CountingSystem.Count(circuit));
    }

    [Fact]
    public void Add_ManySums_ArePackedBelow254BitsToARow()
    {
        // A sum of two words has 33 bits, of which seven fit.
        var circuit = new LambdaCircuit(system =>
        {
            var equalities = new PackedEqualities(system);
            var word = Allocate(system, 5);
            for (var i = 0; i < 15; i++)
            {
                system.Add(equalities, [word, word]);
            }

            equalities.Flush();
            equalities.Flush();
        });

        Assert.Equal(new CircuitSize(32 + (15 * 33) + 3 + 1, 1, 32 + (15 * 33)), CountingSystem.Count(circuit));
    }

    [Fact]
    public void RotateAndShift_Constant_MoveBits()
    {
        var word = Word.Constant(0x8000_1234);

        Assert.Equal(uint.RotateRight(0x8000_1234, 7), Word.ValueOf(Word.RotateRight(word, 7)));
        Assert.Equal(0x8000_1234u >> 10, Word.ValueOf(Word.ShiftRight(word, 10)));
    }

    private static Word Allocate(ConstraintSystem system, uint value)
    {
        Word word = default;
        for (var i = 0; i < Word.Length; i++)
        {
            word[i] = system.AllocateBit((value >> i & 1) != 0);
        }

        return word;
    }
}
