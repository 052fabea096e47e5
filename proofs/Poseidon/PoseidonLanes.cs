using System.Runtime.CompilerServices;
using Federation.Proofs.Fields;

namespace Federation.Proofs.Poseidon;

/// <summary>
/// Sixteen hashes at once, domain tag of Merkle trees, with a kernel for blocks. Allocation-free after the first use
/// of an arity, safe to call from many threads.
/// </summary>
internal static unsafe class PoseidonLanes<TKernel>
    where TKernel : struct, IFrKernel
{
    private const int HalfFullRounds = PoseidonParameters.FullRounds / 2;
    private const int Block = FrBlock.SizeBytes / sizeof(double);
    private const int MaxBlockRounds = 5;

    /// <summary>
    /// Hashes the columns of <paramref name="words"/>: for each input, 64 words as <see cref="IFrKernel.Split"/> reads
    /// them, integers below r. The hashes are written in the same form.
    /// </summary>
    [SkipLocalsInit]
    public static void Hash(PoseidonLaneForm form, ulong* words, ulong* hashes)
    {
        const int states = (2 * PoseidonParameters.MaxWidth) + MaxBlockRounds;
        byte* memory = stackalloc byte[(states * FrBlock.SizeBytes) + FrBlock.Alignment];
        var state = (double*)(((nuint)memory + FrBlock.Alignment - 1) & ~(nuint)(FrBlock.Alignment - 1));
        double* work = state + ((PoseidonParameters.MaxWidth + MaxBlockRounds) * Block);
        new Permutation(form, state, work).Run(words, hashes);
    }

    // Walks through the tables of the form in their order. The outputs of a block's S-boxes lie behind the state.
    private ref struct Permutation(PoseidonLaneForm form, double* state, double* other)
    {
        private readonly int _width = form.Width;
        private readonly long* _start = form.Columns;
        private double* _state = state;
        private double* _other = other;
        private double* _factors = form.Factors;
        private long* _constants = form.Columns + ((form.MaxTerms + 1) * FrColumns.Count);

        public void Run(ulong* words, ulong* hashes)
        {
            Load(words);
            double* dense = _factors;
            double* preSparse = dense + MatrixSize;
            for (int round = 0; round < HalfFullRounds; round++)
            {
                SubstituteAll(round == 0 ? 1 : 0);
                MultiplyDense(round == HalfFullRounds - 1 ? preSparse : dense);
            }

            _factors = preSparse + MatrixSize;
            for (int round = 0; round < form.PartialRounds; round += form.BlockRounds)
            {
                PartialRounds(Math.Min(form.BlockRounds, form.PartialRounds - round));
            }

            for (int round = 0; round < HalfFullRounds - 1; round++)
            {
                SubstituteAll(0);
                MultiplyDense(dense);
            }

            for (int i = 0; i < _width; i++)
            {
                Quintic(_state + (i * Block), Start(1), _state + (i * Block));
            }

            // Of the last product only the second element is the hash.
            TKernel.InnerProduct(
                _state, dense + (_width * FrBlock.Limbs), _width, Start(_width), _other, add: false);
            TKernel.WriteCanonical(_other, Start(0), hashes);
        }

        private readonly int MatrixSize => _width * _width * FrBlock.Limbs;

        private readonly long* Start(int terms) => _start + (terms * FrColumns.Count);

        private void Load(ulong* words)
        {
            double* intoMontgomery = _factors;
            double* first = _factors + FrBlock.Limbs;
            _factors += 2 * FrBlock.Limbs;
            TKernel.Broadcast(first, _state);
            for (int i = 1; i < _width; i++)
            {
                double* element = _state + (i * Block);
                TKernel.Split(words + ((i - 1) * 4 * FrBlock.Elements), element);
                TKernel.InnerProduct(element, intoMontgomery, 1, NextConstant(), element, add: false);
            }
        }

        private long* NextConstant()
        {
            long* constant = _constants;
            _constants += FrColumns.Count;
            return constant;
        }

        private void SubstituteAll(int first)
        {
            for (int i = first; i < _width; i++)
            {
                Quintic(_state + (i * Block), NextConstant(), _state + (i * Block));
            }
        }

        private readonly void Quintic(double* value, long* constant, double* result)
        {
            double* power = _other;
            TKernel.Square(value, Start(1), power);
            TKernel.Square(power, Start(1), power);
            TKernel.Multiply(value, power, constant, result);
        }

        private void MultiplyDense(double* matrix)
        {
            for (int row = 0; row < _width; row++)
            {
                TKernel.InnerProduct(_state, matrix, _width, Start(_width), _other + (row * Block), add: false);
                matrix += _width * FrBlock.Limbs;
            }

            double* product = _other;
            _other = _state;
            _state = product;
        }

        private void PartialRounds(int rounds)
        {
            double* others = _state + Block;
            double* outputs = _state + (_width * Block);
            for (int round = 0; round < rounds; round++)
            {
                Quintic(_state, NextConstant(), outputs + (round * Block));
                int terms = _width + round;
                TKernel.InnerProduct(others, _factors, terms, Start(terms), _state, add: false);
                _factors += terms * FrBlock.Limbs;
            }

            for (int i = 1; i < _width; i++)
            {
                TKernel.InnerProduct(outputs, _factors, rounds, Start(rounds), _state + (i * Block), add: true);
                _factors += rounds * FrBlock.Limbs;
            }
        }
    }
}
