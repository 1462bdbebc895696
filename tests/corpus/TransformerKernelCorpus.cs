using System.Reflection;
using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Random cases for the kernels that CMSIS-NN has no counterpart of; the expected outputs are the reference operators'. Each kernel gets
/// the same number of cases, and every run makes the same ones. The payload of a case is made by the method of the kernel's name, in the
/// folder Operators.
/// </summary>
internal sealed partial class TransformerKernelCorpus
{
    private const int CasesOfKernel = 40;

    private readonly Random _random;
    private readonly RandomOperators _draw;

    private TransformerKernelCorpus(int seed)
    {
        _random = new Random(seed);
        _draw = new RandomOperators(_random, maxWeights: 100);
    }

    public static IReadOnlyCollection<CorpusRecord> Records()
    {
        string[] kernels = [.. CorpusKinds.OfReference];
        return
        [
            .. kernels.SelectMany((kernel, index) => Enumerable.Range(index * CasesOfKernel, CasesOfKernel)
                .Select(seed => new CorpusRecord(kernel, MethodFor(kernel)(new TransformerKernelCorpus(seed))))),
        ];
    }

    private static Func<TransformerKernelCorpus, byte[]> MethodFor(string kernel)
    {
        string name = string.Concat(kernel.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return typeof(TransformerKernelCorpus).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)
            ?.CreateDelegate<Func<TransformerKernelCorpus, byte[]>>()
            ?? throw new InvalidOperationException($"There is no method '{name}' for the cases of the kernel '{kernel}'.");
    }

    /// <summary>Input, the operator's constants but exponentials, expected output.</summary>
    private byte[] OfOneInput(Operator step, int[] parameters)
    {
        var input = (ActivationTensor)step.Input;
        sbyte[] values = Values(input.Count);
        var run = new ReferenceRun(new WindowTensor(1, 1), [0]);
        run.Keep(input, values);
        run.Execute(step);
        var payload = PayloadWriter.WithParameters(parameters).Array<sbyte>(values);
        foreach (var constant in step.Constants)
        {
            payload.Array(constant.Data);
        }

        return payload.Array(run.ValuesOf(step.Output)).ToArray();
    }

    private ActivationTensor Input(int rows, int columns, int minColumns = 1) =>
        new(1 + (int)(rows * _random.NextDouble()), _random.Next(minColumns, columns + 1), _random.Next(-128, 128));

    private sbyte[] Values(int count) => ValuesFrom(sbyte.MinValue, count);

    /// <summary>Noise, or mostly one value, which makes rows without deviation.</summary>
    private sbyte[] ValuesFrom(int low, int count)
    {
        bool isFlat = _random.Next(6) == 0;
        int level = _random.Next(low, 128);
        return [.. Enumerable.Range(0, count).Select(_ => (sbyte)(isFlat && _random.Next(50) > 0 ? level : _random.Next(low, 128)))];
    }

    private static int[] Of(FixedMultiplier multiplier) => [multiplier.Mantissa, multiplier.Shift];
}
