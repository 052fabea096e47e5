using Federation.Proofs.Fields;

namespace Federation.Proofs.Fft;

/// <summary>
/// One transform over 2^n elements in place, between natural order of coefficients and reversed order of values. Each
/// thread takes a part of a pass at a time into its own memory, does the pass' stages there, and writes it back.
/// </summary>
internal sealed unsafe class FftRun<TKernel>
    where TKernel : struct, IFrTransformKernel
{
    private const int GroupsPerItem = 8, Elements = FrBlock.Elements;

    private readonly Fr* _values;
    private readonly int _logSize, _threads;
    private readonly bool _inverse;
    private readonly Fr _shift, _scale;
    private readonly FftPlan _plan;
    private readonly CancellationToken _cancellationToken;

    private FftRun(
        Fr* values, int logSize, bool inverse, in Fr shift, int threads, CancellationToken cancellationToken)
    {
        _values = values;
        _logSize = logSize;
        _inverse = inverse;
        _shift = inverse ? shift.Inverse() : shift;
        _scale = inverse ? Fr.FromUInt64(1UL << logSize).Inverse() : Fr.One;
        _threads = threads;
        _plan = FftPlan.For(logSize);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Coefficients to values at shift · root^i, at index i with its bits reversed.</summary>
    public static void Evaluate(
        Fr* values, int logSize, in Fr shift, int threads, CancellationToken cancellationToken)
    {
        var run = new FftRun<TKernel>(values, logSize, inverse: false, shift, threads, cancellationToken);
        int stage = 0;
        foreach (int stages in run._plan.ColumnStages)
        {
            run.OverColumns(stage, stages);
            stage += stages;
        }

        run.OverRows(stage);
    }

    /// <summary>The reverse.</summary>
    public static void Interpolate(
        Fr* values, int logSize, in Fr shift, int threads, CancellationToken cancellationToken)
    {
        var run = new FftRun<TKernel>(values, logSize, inverse: true, shift, threads, cancellationToken);
        int stage = logSize - run._plan.RowStages;
        run.OverRows(stage);
        foreach (int stages in run._plan.ColumnStages.Reverse())
        {
            stage -= stages;
            run.OverColumns(stage, stages);
        }
    }

    private void OverColumns(int stage, int stages)
    {
        int groups = 1 << (_logSize - stage - stages - 4);
        int itemsPerNode = Math.Max(1, groups / GroupsPerItem);
        ForEach((long)itemsPerNode << stage, (item, node) =>
        {
            int number = (int)(item / itemsPerNode), part = (int)(item % itemsPerNode);
            node.Set(RootOf(stage, number, stages), stages, stages);
            for (int group = part * GroupsPerItem; group < Math.Min(groups, (part + 1) * GroupsPerItem); group++)
            {
                ColumnGroup(
                    node, _values + ((nint)number << (_logSize - stage)) + (group * Elements), stage, stages);
            }
        });
    }

    private void ColumnGroup(FftNode<TKernel> node, Fr* first, int stage, int stages)
    {
        int rows = 1 << stages;
        nint stride = (nint)1 << (_logSize - stage - stages);
        for (int row = 0; row < rows; row++)
        {
            TKernel.Load(first + (row * stride), 1, node.Row(row));
        }

        if (_inverse)
        {
            node.InterpolateRows(rows);
            Finish(node, rows, stage);
        }
        else
        {
            node.EvaluateRows(rows);
        }

        for (int row = 0; row < rows; row++)
        {
            TKernel.Store(node.Row(row), first + (row * stride), 1);
        }
    }

    private void OverRows(int stage)
    {
        int stages = _logSize - stage, size = 1 << stages;
        ForEach(1L << stage, (item, node) =>
        {
            node.Set(RootOf(stage, (int)item, stages), stages, stages - 4);
            Fr* values = _values + ((nint)item * size);
            if (_inverse)
            {
                InterpolateRow(node, values, size, stage);
            }
            else
            {
                EvaluateRow(node, values, size);
            }
        });
    }

    private static void EvaluateRow(FftNode<TKernel> node, Fr* values, int size)
    {
        int rows = size / Elements;
        for (int row = 0; row < rows; row++)
        {
            TKernel.Load(values + (row * Elements), 1, node.Row(row));
        }

        node.EvaluateRows(rows);
        for (int row = 0; row < rows; row += Elements)
        {
            node.EvaluateSquare(row / Elements);
            for (int i = 0; i < Elements; i++)
            {
                TKernel.Store(node.Row(row + i), values + (row * Elements) + i, Elements);
            }
        }
    }

    private static void InterpolateRow(FftNode<TKernel> node, Fr* values, int size, int stage)
    {
        int rows = size / Elements;
        for (int row = 0; row < rows; row += Elements)
        {
            for (int i = 0; i < Elements; i++)
            {
                TKernel.Load(values + (row * Elements) + i, Elements, node.Row(row + i));
            }

            node.InterpolateSquare(row / Elements);
        }

        node.InterpolateRows(rows);
        Finish(node, rows, stage);
        for (int row = 0; row < rows; row++)
        {
            TKernel.Store(node.Row(row), values + (row * Elements), 1);
        }
    }

    // The last pass of an interpolation divides by N.
    private static void Finish(FftNode<TKernel> node, int rows, int stage)
    {
        if (stage == 0)
        {
            node.ScaleRows(rows);
        }
    }

    // The factor of the first node of the last of the stages below a node: with X^N - shift^N at the top, the product
    // of a power of the shift and of a root of unity that the node's number gives.
    private Fr RootOf(int stage, int number, int stages)
    {
        Fr root = _shift;
        for (int i = stage + stages; i < _logSize; i++)
        {
            root = root.Square();
        }

        int log = stage + stages;
        Fr unit = _inverse ? RootsOfUnity.InverseRoot(log) : RootsOfUnity.Root(log);
        int exponent = BitReversal.Of(number, stage);
        Fr power = Fr.One;
        for (int bit = stage - 1; bit >= 0; bit--)
        {
            power = power.Square();
            power = ((exponent >> bit) & 1) != 0 ? power * unit : power;
        }

        return root * power;
    }

    private void ForEach(long items, Action<long, FftNode<TKernel>> body)
    {
        long next = -1;
        ParallelLoop.Run(
            (int)Math.Min(items, _threads),
            _threads,
            _ =>
            {
                using var node = new FftNode<TKernel>(_inverse);
                node.SetScale(_scale);
                while (Interlocked.Increment(ref next) is var item && item < items)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    body(item, node);
                }
            },
            _cancellationToken);
    }
}
