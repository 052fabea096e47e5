using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Tests.Constraints;

namespace Federation.Proofs.Tests.Circuits;

public sealed class NumGatesTests
{
    private readonly Numbers _numbers = new(4);

    [Fact]
    public void Expose_Element_BindsTheInput()
    {
        var circuit = new Alterations(system => system.Expose(system.AllocateNum(_numbers.Element())));

        Assert.Equal(new CircuitSize(1 + 2, 2, 1), circuit.Size);
        circuit.AssertAllBound();
    }

    [Fact]
    public void RequireEqual_OtherElement_IsUnsatisfied()
    {
        Fr[] values = _numbers.Elements(2);
        new Alterations(system => RequireEqual(system, values[0], values[0])).AssertAllBound();

        Assert.NotNull(CheckingSystem.FirstUnsatisfied(
            new LambdaCircuit(system => RequireEqual(system, values[0], values[1]))));
    }

    [Fact]
    public void Add_Elements_IsTheirSum()
    {
        Fr[] values = _numbers.Elements(2);
        var circuit = new Alterations(system =>
        {
            var sum = system.Add(system.AllocateNum(values[0]), system.AllocateNum(values[1]));
            Assert.Equal(values[0] + values[1], sum.Value);
        });

        circuit.AssertAllBound();
    }

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 0, 1)]
    public void Pick_Condition_BindsTheChosenOne(bool condition, int chosen, int other)
    {
        Fr[] values = _numbers.Elements(2);
        var circuit = new Alterations(system =>
        {
            var whenTrue = system.AllocateNum(values[0]);
            var whenFalse = system.AllocateNum(values[1]);
            var picked = system.Pick(system.AllocateBit(condition), whenTrue, whenFalse);
            Assert.Equal(system.HasWitness ? values[chosen] : picked.Value, picked.Value);
        });

        circuit.AssertAllBound(Variable.Aux(other));
    }

    [Fact]
    public void ToMessage_Element_IsItsBytesHighestBitFirst()
    {
        var value = -Fr.FromUInt64(2);
        var expected = value.ToBytes()
            .SelectMany(octet => Enumerable.Range(0, 8).Select(i => (octet << i & 0x80) != 0));
        var circuit = new Alterations(system =>
        {
            var message = new Bit[256];
            system.ToMessage(system.AllocateNum(value), message);
            Assert.True(!system.HasWitness || message.Select(bit => bit.Value).SequenceEqual(expected));
            Assert.True(message[248].IsFalse);
        });

        Assert.Equal(new CircuitSize(256 + 1, 1, 256), circuit.Size);
        circuit.AssertAllBound();
    }

    [Fact]
    public void FromDigest_Bits_IsTheirNumberWithoutTheLastTwo()
    {
        var bytes = _numbers.Bytes(32);
        bytes[31] |= 0xc0;
        var cut = (byte[])bytes.Clone();
        cut[31] &= 0x3f;
        var circuit = new Alterations(system =>
        {
            var digest = new Bit[256];
            for (var i = 0; i < digest.Length; i++)
            {
                digest[i] = system.AllocateBit((bytes[i / 8] << (i % 8) & 0x80) != 0);
            }

            var number = system.FromDigest(digest);
            Assert.Equal(system.HasWitness ? Fr.FromBytes(cut) : Fr.Zero, number.Value);
        });

        circuit.AssertAllBound(Variable.Aux(248), Variable.Aux(249));
    }

    [Fact]
    public void ExposePacked_Bits_AreTheNextInput()
    {
        var circuit = new Alterations(system =>
        {
            Bit[] bits = [.. Enumerable.Range(0, 64).Select(i => system.AllocateBit(i % 3 == 0))];
            system.ExposePacked(bits);
        });

        Assert.False(circuit.Breaks(Variable.Input(1), Fr.FromUInt64(0x9249_2492_4924_9249)));
        circuit.AssertAllBound();
    }

    [Fact]
    public void AllocateNode_NotBelowTheModulus_IsRefused() =>
        Assert.Throws<NonCanonicalFieldElementException>(() => CheckingSystem.FirstUnsatisfied(
            new LambdaCircuit(system => system.AllocateNode(Enumerable.Repeat((byte)0xff, 32).ToArray()))));

    private static void RequireEqual(ConstraintSystem system, Fr left, Fr right) =>
        system.RequireEqual(system.AllocateNum(left), system.AllocateNum(right));
}
