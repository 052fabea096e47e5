using Federation.Proofs.Constraints;
using Federation.Proofs.Curve;
using Federation.Proofs.Fields;
using Federation.Proofs.Groth16.Parameters;
using Federation.Proofs.Msm;

namespace Federation.Proofs.Groth16;

/// <summary>The sums over a parameter file's sections that make up a proof; each gives its pages back.</summary>
internal sealed unsafe class ProverSums(
    MappedParameters parameters, int threads, CancellationToken cancellationToken)
{
    private readonly ParameterLayout _layout = parameters.Layout;

    /// <summary>The quotient's coefficients; the last, of the power m - 1, has no point and is zero.</summary>
    public G1Point H(ReadOnlySpan<Fr> quotient) =>
        InG1("h", _layout.H, quotient[..(int)_layout.H.Count]);

    public G1Point L(CircuitWitness witness) => InG1("l", _layout.L, witness.Aux);

    /// <summary>Every input has a point, by the row that closes it; auxiliary variables where A uses them.</summary>
    public G1Point A(CircuitWitness witness)
    {
        var inputs = Part(_layout.A, 0, witness.Inputs.Length);
        var aux = Part(_layout.A, witness.Inputs.Length, witness.AAux.Count);
        return InG1("a", inputs, witness.Inputs) + InG1("a", aux, witness.Aux, witness.AAux.Words);
    }

    public G1Point BInG1(CircuitWitness witness)
    {
        var (inputs, aux) = PartsOfB(_layout.BInG1, witness);
        return InG1("b_g1", inputs, witness.Inputs, witness.BInputs.Words)
            + InG1("b_g1", aux, witness.Aux, witness.BAux.Words);
    }

    public G2Point BInG2(CircuitWitness witness)
    {
        var (inputs, aux) = PartsOfB(_layout.BInG2, witness);
        return InG2(inputs, witness.Inputs, witness.BInputs.Words) + InG2(aux, witness.Aux, witness.BAux.Words);
    }

    private static (ParameterSection Inputs, ParameterSection Aux) PartsOfB(
        ParameterSection section, CircuitWitness witness)
    {
        var inputs = witness.BInputs.Count;
        return (Part(section, 0, inputs), Part(section, inputs, witness.BAux.Count));
    }

    private static ParameterSection Part(ParameterSection section, int skipped, int count) => section with
    {
        Offset = section.Offset + ((long)skipped * section.PointSize),
        Count = (uint)count,
    };

    private G1Point InG1(
        string name, in ParameterSection section, ReadOnlySpan<Fr> scalars, ReadOnlySpan<ulong> density = default)
    {
        try
        {
            return G1Msm.SumEncoded(
                parameters.PointsOf(section), section.Count, scalars, density, threads, cancellationToken);
        }
        catch (InvalidPointException fault)
        {
            throw Damaged(name, fault);
        }
        finally
        {
            parameters.Release(section);
        }
    }

    private G2Point InG2(
        in ParameterSection section, ReadOnlySpan<Fr> scalars, ReadOnlySpan<ulong> density)
    {
        try
        {
            return G2Msm.SumEncoded(
                parameters.PointsOf(section), section.Count, scalars, density, threads, cancellationToken);
        }
        catch (InvalidPointException fault)
        {
            throw Damaged("b_g2", fault);
        }
        finally
        {
            parameters.Release(section);
        }
    }

    private ParameterFileException Damaged(string name, InvalidPointException fault) =>
        new(parameters.Path, $"its section {name} is damaged: {fault.Message}", fault);
}
