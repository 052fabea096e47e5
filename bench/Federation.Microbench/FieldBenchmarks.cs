using BenchmarkDotNet.Attributes;
using Federation.Proofs.Fields;

namespace Federation.Microbench;

/// <summary>4,096 products of the scalar field, from and to memory.</summary>
public class FieldBenchmarks
{
    private const int Count = 4096;

    private readonly Fr[] _left = new Fr[Count], _right = new Fr[Count], _product = new Fr[Count];

    /// <summary>Makes the factors.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var (left, right) = (Fr.FromUInt64(3), Fr.FromUInt64(5));
        for (var i = 0; i < Count; i++)
        {
            (_left[i], _right[i]) = (left, right);
            (left, right) = (left.Square() + Fr.One, right.Square() + left);
        }
    }

    /// <summary>On 64-bit limbs, independent of one another.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Products()
    {
        for (var i = 0; i < _product.Length; i++)
        {
            _product[i] = _left[i] * _right[i];
        }
    }

    /// <summary>Each needs the one before: the latency.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Fr Chain()
    {
        var product = Fr.One;
        foreach (ref readonly var factor in _left.AsSpan())
        {
            product *= factor;
        }

        return product;
    }

    /// <summary>Fifth powers, Poseidon's S-box.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Quintics()
    {
        for (var i = 0; i < _product.Length; i++)
        {
            _product[i] = _left[i].Quintic();
        }
    }
}
