namespace NanoFormer.Model;

/// <summary>The tables of NUMERICS.md, section 3.10: any function of one value, between any two quantizations.</summary>
public static class LookupTable
{
    /// <summary>Entries of a table, one for each int8 value.</summary>
    public const int Length = 256;

    /// <summary>The int8 <c>[1][256]</c> tensor of a function of real values.</summary>
    /// <exception cref="ArgumentException">The function gives a value that is not a number.</exception>
    public static ConstantTensor Create(Func<double, double> function, Quantization input, Quantization output)
    {
        var table = new sbyte[Length];
        for (int i = 0; i < Length; i++)
        {
            double y = function(input.Scale * (i + sbyte.MinValue - input.ZeroPoint));
            if (double.IsNaN(y))
            {
                throw new ArgumentException("The function gives a value that is not a number.", nameof(function));
            }

            double steps = Math.Round(y / output.Scale, MidpointRounding.AwayFromZero) + output.ZeroPoint;
            table[i] = (sbyte)Math.Clamp(steps, sbyte.MinValue, sbyte.MaxValue);
        }

        return ConstantTensor.FromInt8(1, Length, table);
    }
}
