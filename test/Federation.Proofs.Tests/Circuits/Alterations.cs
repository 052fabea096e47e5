using Federation.Proofs.Circuits;
using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;
using Federation.Proofs.Tests.Constraints;

namespace Federation.Proofs.Tests.Circuits;

/// <summary>
/// A small circuit that its witness satisfies, and what becomes of its rows when single values are altered.
/// </summary>
internal sealed class Alterations : IRowSink
{
    private readonly Dictionary<Variable, List<(int Row, int Side, Fr Coefficient)>> _occurrences = [];
    private readonly CircuitWitness _witness;
    private readonly int _step;
    private int _rows;

    public Alterations(Action<ConstraintSystem> synthesize) : this(new LambdaCircuit(synthesize))
    {
    }

    /// <summary>Of a large circuit's auxiliary variables only each <paramref name="step"/>th may be altered.</summary>
    public Alterations(ICircuit circuit, int step = 1)
    {
        _step = step;
        Size = RowSystem.Stream(circuit, this);
        Assert.Equal(Size, CountingSystem.Count(circuit));
        _witness = WitnessSystem.Evaluate(circuit);
        Assert.Equal(-1, _witness.FirstUnsatisfiedRow());
        Assert.Null(CheckingSystem.FirstUnsatisfied(circuit));
    }

    public CircuitSize Size { get; }

    /// <summary>Requires that no variable, but for those named, can take another value on its own.</summary>
    public void AssertAllBound(params IReadOnlyCollection<Variable> free)
    {
        var variables = Enumerable.Range(1, Size.Inputs - 1).Select(Variable.Input)
            .Concat(Enumerable.Range(0, Size.Aux).Select(Variable.Aux).Where(IsRecorded));
        foreach (var variable in variables.Except(free))
        {
            var value = ValueOf(variable);
            Assert.True(Breaks(variable, value.IsZero ? Fr.One : Fr.Zero), $"{variable} can be altered");
            Assert.True(Breaks(variable, value + FrPowers.OfTwo(40)), $"{variable} can be altered by 2^40");
        }
    }

    /// <summary>True when some row does not hold with another value of one variable.</summary>
    public bool Breaks(Variable variable, Fr value)
    {
        var delta = value - ValueOf(variable);
        return _occurrences.GetValueOrDefault(variable, []).GroupBy(occurrence => occurrence.Row).Any(row =>
            Side(row, 0, _witness.A) * Side(row, 1, _witness.B) != Side(row, 2, _witness.C));

        Fr Side(IGrouping<int, (int Row, int Side, Fr Coefficient)> row, int side, Fr[] values) => row
            .Where(occurrence => occurrence.Side == side)
            .Aggregate(values[row.Key], (sum, occurrence) => sum + (occurrence.Coefficient * delta));
    }

    public void Row(ReadOnlySpan<Term> a, ReadOnlySpan<Term> b, ReadOnlySpan<Term> c)
    {
        Record(a, 0);
        Record(b, 1);
        Record(c, 2);
        _rows++;
    }

    private bool IsRecorded(Variable variable) => variable.IsInput || variable.Index % _step == 0;

    private void Record(ReadOnlySpan<Term> terms, int side)
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Variable == Variable.One || !IsRecorded(term.Variable))
            {
                continue;
            }

            if (!_occurrences.TryGetValue(term.Variable, out var list))
            {
                _occurrences.Add(term.Variable, list = []);
            }

            list.Add((_rows, side, term.Coefficient));
        }
    }

    private Fr ValueOf(Variable variable) => (variable.IsInput ? _witness.Inputs : _witness.Aux)[variable.Index];
}
