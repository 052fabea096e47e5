using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Constraints;

public sealed class CheckingSystemTests
{
    [Fact]
    public void FirstUnsatisfied_TrueWitness_IsNull() =>
        Assert.Null(CheckingSystem.FirstUnsatisfied(new CubicCircuit(3, 35)));

    [Fact]
    public void FirstUnsatisfied_FalseStatement_NamesRowAndPlace() =>
        Assert.Equal(new UnsatisfiedRow(1, "cubic"), CheckingSystem.FirstUnsatisfied(new CubicCircuit(3, 36)));

    [Fact]
    public void FirstUnsatisfied_NestedRow_NamesTheWholePath()
    {
        var circuit = new LambdaCircuit(system =>
        {
            using var outer = system.Enter("outer");
            using (system.Enter("closed"))
            {
                system.Enforce();
            }

            using var inner = system.Enter("inner", 5);
            for (var i = 0; i < 2000; i++)
            {
                system.A.Add(system.Allocate(Fr.FromUInt64((ulong)i)));
                system.B.Add(Variable.One);
                system.C.Add(Variable.One, Fr.FromUInt64((ulong)(i < 1500 ? i : i + 1)));
                system.Enforce();
            }
        });

        Assert.Equal(new UnsatisfiedRow(1501, "outer/inner 5"), CheckingSystem.FirstUnsatisfied(circuit));
    }
}
