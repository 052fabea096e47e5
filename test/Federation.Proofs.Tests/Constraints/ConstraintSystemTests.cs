using Federation.Proofs.Constraints;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Tests.Constraints;

public sealed class ConstraintSystemTests
{
    private static readonly CircuitSize CubicSize = new(Constraints: 4, Inputs: 2, Aux: 2);

    [Fact]
    public void Count_Cubic_IncludesTheClosingRows() =>
        Assert.Equal(CubicSize, CountingSystem.Count(new CubicCircuit(3, 35)));

    [Fact]
    public void Stream_Cubic_GivesItsRowsInOrder()
    {
        var recorded = new RecordedRows();

        Assert.Equal(CubicSize, RowSystem.Stream(new CubicCircuit(0, 0), recorded));

        Term x = new(Variable.Aux(0), Fr.One), square = new(Variable.Aux(1), Fr.One);
        Term one = new(Variable.One, Fr.One), y = new(Variable.Input(1), Fr.One);
        Assert.Equal(4, recorded.Rows.Count);
        Assert.Equal([x], recorded.Rows[0].A);
        Assert.Equal([x], recorded.Rows[0].B);
        Assert.Equal([square], recorded.Rows[0].C);
        Assert.Equal([square], recorded.Rows[1].A);
        Assert.Equal([x], recorded.Rows[1].B);
        Assert.Equal([new(Variable.One, -Fr.FromUInt64(5)), y, new(Variable.Aux(0), -Fr.One)], recorded.Rows[1].C);
        Assert.Equal([one], recorded.Rows[2].A);
        Assert.Equal([y], recorded.Rows[3].A);
        Assert.All(recorded.Rows[2..], row => Assert.Empty(row.B.Concat(row.C)));
    }

    [Fact]
    public void Stream_RepeatedAndCancellingTerms_AreMergedAndDropped()
    {
        var recorded = new RecordedRows();
        RowSystem.Stream(
            new LambdaCircuit(system =>
            {
                var x = system.Allocate(Fr.Zero);
                var y = system.Allocate(Fr.Zero);
                system.A.Add(y).Add(x).Add(Variable.One).Add(y, Fr.FromUInt64(4)).Subtract(x);
                system.B.Add(x, Fr.Zero);
                system.Enforce();
            }),
            recorded);

        Assert.Equal([new(Variable.One, Fr.One), new(Variable.Aux(1), Fr.FromUInt64(5))], recorded.Rows[0].A);
        Assert.Empty(recorded.Rows[0].B);
    }

    [Fact]
    public void Normalise_ManyTermsInAnyOrder_SumsPerVariable()
    {
        const int Seed = 77;
        var random = new Random(Seed);
        var recorded = new RecordedRows();
        var expected = new SortedDictionary<int, Fr>();
        RowSystem.Stream(
            new LambdaCircuit(system =>
            {
                for (var i = 0; i < 500; i++)
                {
                    var index = random.Next(100);
                    var coefficient = Fr.FromUInt64((ulong)random.Next(1, 1000));
                    system.A.Add(Variable.Aux(index), coefficient);
                    expected[index] = expected.GetValueOrDefault(index) + coefficient;
                }

                system.Enforce();
            }),
            recorded);

        Assert.Equal(expected.Select(sum => new Term(Variable.Aux(sum.Key), sum.Value)), recorded.Rows[0].A);
    }

    [Fact]
    public void Evaluate_TrueWitness_GivesAssignmentAndEvaluations()
    {
        var witness = WitnessSystem.Evaluate(new CubicCircuit(3, 35));

        Assert.Equal(CubicSize, witness.Size);
        Assert.Equal([Fr.One, Fr.FromUInt64(35)], witness.Inputs);
        Assert.Equal([Fr.FromUInt64(3), Fr.FromUInt64(9)], witness.Aux);
        Assert.Equal([Fr.FromUInt64(3), Fr.FromUInt64(9), Fr.One, Fr.FromUInt64(35)], witness.A);
        Assert.Equal([Fr.FromUInt64(3), Fr.FromUInt64(3), Fr.Zero, Fr.Zero], witness.B);
        Assert.Equal([Fr.FromUInt64(9), Fr.FromUInt64(27), Fr.Zero, Fr.Zero], witness.C);
        Assert.Equal(-1, witness.FirstUnsatisfiedRow());
    }

    [Fact]
    public void FirstUnsatisfiedRow_FalseStatement_NamesTheRow() =>
        Assert.Equal(1, WitnessSystem.Evaluate(new CubicCircuit(3, 36)).FirstUnsatisfiedRow());

    // Rows are looked at side by side in pieces of 2^14.
    [Theory]
    [InlineData(20_000, 70_000)]
    [InlineData(16_384, 16_385)]
    [InlineData(49_151, 49_152)]
    public void FirstUnsatisfiedRow_FalseRowsInSeveralPieces_IsTheFirst(int first, int second)
    {
        var witness = WitnessSystem.Evaluate(new LambdaCircuit(system =>
        {
            for (var row = 0; row < 80_000; row++)
            {
                system.A.Add(Variable.One);
                system.B.Add(Variable.One);
                system.C.Add(row == first || row == second ? system.Allocate(Fr.Zero) : Variable.One);
                system.Enforce();
            }
        }));

        Assert.Equal(first, witness.FirstUnsatisfiedRow());
        Assert.Equal(first, witness.FirstUnsatisfiedRow(threads: 1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => witness.FirstUnsatisfiedRow(2, cancelled.Token));
    }

    [Fact]
    public void Evaluate_Densities_CountVariablesThatRemainAfterMerging()
    {
        var witness = WitnessSystem.Evaluate(new LambdaCircuit(system =>
        {
            var x = system.Allocate(Fr.One);
            var y = system.Allocate(Fr.One);
            var z = system.AllocateInput(Fr.One);
            system.A.Add(x).Add(y).Subtract(x);
            system.B.Add(x).Add(z).Add(y).Subtract(y);
            system.C.Add(y).Add(y);
            system.Enforce();
        }));

        Assert.Equal([false, true], [witness.AAux[0], witness.AAux[1]]);
        Assert.Equal([true, false], [witness.BAux[0], witness.BAux[1]]);
        Assert.Equal([false, true], [witness.BInputs[0], witness.BInputs[1]]);
        Assert.Equal([1, 1, 1], [witness.AAux.Count, witness.BAux.Count, witness.BInputs.Count]);
        Assert.Equal(-1, witness.FirstUnsatisfiedRow());
    }

    [Theory]
    [InlineData(3, 2, 2)]
    [InlineData(5, 2, 2)]
    [InlineData(4, 3, 2)]
    [InlineData(4, 2, 1)]
    public void Evaluate_OtherSize_Throws(int constraints, int inputs, int aux) =>
        Assert.Throws<InvalidOperationException>(() =>
            WitnessSystem.Evaluate(new CubicCircuit(3, 35), new CircuitSize(constraints, inputs, aux)));

    [Fact]
    public void Run_Twice_Throws()
    {
        var system = new CountingSystem();
        system.Run(new CubicCircuit(3, 35));

        Assert.Throws<InvalidOperationException>(() => system.Run(new CubicCircuit(3, 35)));
    }

    [Fact]
    public void Repeat_PieceWithInput_CountsAsManyTimesAsItRuns()
    {
        var circuit = new LambdaCircuit(system => system.Repeat(7, (part, i) =>
        {
            part.A.Add(part.AllocateInput(Fr.Zero)).Add(part.Allocate(Fr.Zero), Fr.FromUInt64((ulong)i + 1));
            part.Enforce();
        }));
        var recorded = new RecordedRows();

        Assert.Equal(RowSystem.Stream(circuit, recorded), CountingSystem.Count(circuit));
        Assert.Equal(new CircuitSize(15, 8, 7), CountingSystem.Count(circuit));
        Assert.Equal(
            Enumerable.Range(0, 7).Select(i => new Term(Variable.Aux(i), Fr.FromUInt64((ulong)i + 1))),
            recorded.Rows.Take(7).Select(row => row.A[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(-1)]
    public void Repeat_WithWitness_GivesTheSameOnAnyNumberOfThreads(int threads)
    {
        const int Pieces = 100, Inner = 5;
        var circuit = new LambdaCircuit(system =>
        {
            var shared = system.Allocate(Fr.FromUInt64(3));
            system.Repeat(Pieces, (part, i) =>
            {
                var value = Fr.FromUInt64((ulong)i + 1);
                part.A.Add(part.AllocateInput(value));
                part.B.Add(shared);
                part.C.Add(part.Allocate(value * Fr.FromUInt64(3)));
                part.Enforce();
                part.Repeat(Inner, (inner, j) =>
                {
                    inner.B.Add(inner.Allocate(value * Fr.FromUInt64((ulong)j)));
                    inner.Enforce();
                });
            });
        });

        var witness = WitnessSystem.Evaluate(circuit, CountingSystem.Count(circuit), threads, default);

        Assert.Equal(-1, witness.FirstUnsatisfiedRow());
        Assert.Equal(
            new CircuitSize((Pieces * (1 + Inner)) + Pieces + 1, Pieces + 1, 1 + (Pieces * (1 + Inner))), witness.Size);
        Assert.Equal(Enumerable.Range(1, Pieces).Select(i => Fr.FromUInt64((ulong)i)), witness.Inputs.Skip(1));
        Assert.Equal(Fr.FromUInt64(3 * Pieces), witness.Aux[1 + ((Pieces - 1) * (1 + Inner))]);
        Assert.Equal(Fr.FromUInt64(4 * Pieces), witness.Aux[^1]);
        Assert.Equal(witness.Aux[^1], witness.B[(Pieces * (1 + Inner)) - 1]);
        Assert.Equal((Pieces * Inner) + 1, witness.BAux.Count);
        Assert.True(witness.BAux[0]);
    }

    [Fact]
    public void Repeat_PieceOfAnotherSize_IsRefused()
    {
        var circuit = new LambdaCircuit(system => system.Repeat(3, (part, i) =>
        {
            for (var row = 0; row < (i == 1 ? 2 : 1); row++)
            {
                part.Enforce();
            }
        }));

        var size = CountingSystem.Count(circuit);
        Assert.Throws<InvalidOperationException>(() => WitnessSystem.Evaluate(circuit, size, 2, default));
        Assert.Throws<InvalidOperationException>(() => WitnessSystem.Evaluate(circuit, size, 1, default));
    }

    [Fact]
    public void Evaluate_CancelledBetweenRows_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var circuit = new LambdaCircuit(system => system.Repeat(2, (part, i) =>
        {
            for (var row = 0; row < 200_000; row++)
            {
                part.Enforce();
                if (row == 70_000 && part.HasWitness)
                {
                    cancellation.Cancel();
                }
            }
        }));

        Assert.ThrowsAny<OperationCanceledException>(() => WitnessSystem.Evaluate(
            circuit, CountingSystem.Count(circuit), -1, cancellation.Token));
    }

    [Fact]
    public void CountOnly_InSystemThatStreams_Throws()
    {
        var streaming = new LambdaCircuit(system => system.CountOnly(1, 1));

        Assert.Throws<InvalidOperationException>(() => RowSystem.Stream(streaming, new RecordedRows()));
    }
}
