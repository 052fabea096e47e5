using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Circuits;

/// <summary>Every gate on every kind of operand: constant, variable, negated variable, each false and true.</summary>
public sealed class BitGatesTests
{
    private const int Kinds = 6;

    [Fact]
    public void Xor_EveryOperand_IsItsTruthTable() =>
        AssertTruthTable(2, (system, operands) => system.Xor(operands[0], operands[1]), values => values[0] ^ values[1]);

    [Fact]
    public void And_EveryOperand_IsItsTruthTable() =>
        AssertTruthTable(2, (system, operands) => system.And(operands[0], operands[1]), values => values[0] && values[1]);

    [Fact]
    public void Choose_EveryOperand_IsItsTruthTable() => AssertTruthTable(
        3,
        (system, operands) => system.Choose(operands[0], operands[1], operands[2]),
        values => values[0] ? values[1] : values[2]);

    [Fact]
    public void Majority_EveryOperand_IsItsTruthTable() => AssertTruthTable(
        3,
        (system, operands) => system.Majority(operands[0], operands[1], operands[2]),
        values => values.Count(value => value) > 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AllocateBit_OtherThanZeroAndOne_IsUnsatisfied(bool value)
    {
        var circuit = new Alterations(system => system.AllocateBit(value));

        Assert.False(circuit.Breaks(Variable.Aux(0), value ? Fr.Zero : Fr.One));
        Assert.True(circuit.Breaks(Variable.Aux(0), Fr.FromUInt64(2)));
        Assert.True(circuit.Breaks(Variable.Aux(0), -Fr.One));
    }

    [Fact]
    public void AddTo_EveryKind_AddsItsValue()
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            var circuit = new Alterations(system =>
            {
                var bit = Operand(system, kind);
                bit.AddTo(system.A);
                bit.AddTo(system.A, exponent: 9);
                bit.SubtractFrom(system.A);
                system.B.Add(Variable.One);
                system.C.Add(system.Allocate(kind % 2 == 1 ? FrPowers.OfTwo(9) : Fr.Zero));
                system.Enforce();
            });
            circuit.AssertAllBound();
        }
    }

    private static void AssertTruthTable(
        int operands, Func<ConstraintSystem, Bit[], Bit> gate, Func<bool[], bool> expected)
    {
        for (var code = 0; code < Math.Pow(Kinds, operands); code++)
        {
            int[] kinds = [.. Enumerable.Range(0, operands).Select(i => code / (int)Math.Pow(Kinds, i) % Kinds)];
            var circuit = new Alterations(system =>
            {
                var result = gate(system, [.. kinds.Select(kind => Operand(system, kind))]);
                Assert.True(
                    !system.HasWitness || result.Value == expected([.. kinds.Select(kind => kind % 2 == 1)]),
                    $"operands {string.Join(' ', kinds)}");
                result.AddTo(system.A);
                system.B.Add(Variable.One);
                system.C.Add(system.AllocateInput(result.Value ? Fr.One : Fr.Zero));
                system.Enforce();
            });

            // Operands are free where the result does not depend on them; the result and what leads to it are not.
            circuit.AssertAllBound([.. Enumerable.Range(0, operands).Select(Variable.Aux)]);
        }
    }

    // 0 and 1 are constants, 2 and 3 variables, 4 and 5 negations; odd ones are true.
    private static Bit Operand(ConstraintSystem system, int kind)
    {
        var value = kind % 2 == 1;
        return kind switch
        {
            < 2 => Bit.Constant(value),
            < 4 => system.AllocateBit(value),
            _ => system.AllocateBit(!value).Not(),
        };
    }
}
