using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Groth16;

/// <summary>
/// x³ + x + 5 = y for a public y, and a run of bits that x is not made of: enough to have zeros, ones, variables that
/// only A or only B uses, and inputs in B.
/// </summary>
internal sealed class CubicCircuit(Fr? x) : ICircuit
{
    private const int Bits = 40;

    public static Fr Result(Fr x) => (x * x * x) + x + Fr.FromUInt64(5);

    public void Synthesize(ConstraintSystem system)
    {
        var value = x ?? Fr.Zero;
        var variable = system.Allocate(value);
        var square = Product(system, variable, value, variable, value);
        var cube = Product(system, square, value * value, variable, value);
        var result = system.AllocateInput(Result(value));
        system.A.Add(cube).Add(variable).Add(Variable.One, Fr.FromUInt64(5));
        system.B.Add(Variable.One);
        system.C.Add(result);
        system.Enforce();
        for (var i = 0; i < Bits; i++)
        {
            var bit = system.Allocate(i % 3 == 0 ? Fr.One : Fr.Zero);
            system.A.Add(Variable.One).Subtract(bit);
            system.B.Add(bit);
            system.Enforce();
        }

        // The input's square is only there for an input in B.
        Product(system, result, Result(value), result, Result(value));
    }

    private static Variable Product(ConstraintSystem system, Variable a, Fr valueOfA, Variable b, Fr valueOfB)
    {
        var product = system.Allocate(valueOfA * valueOfB);
        system.A.Add(a);
        system.B.Add(b);
        system.C.Add(product);
        system.Enforce();
        return product;
    }
}
