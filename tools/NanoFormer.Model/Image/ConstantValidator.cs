namespace NanoFormer.Model;

/// <summary>Checks the values of an operator's channel constants and exponentials; any byte may be in the table of a lookup.</summary>
internal static class ConstantValidator
{
    /// <exception cref="ModelImageException">BAD_TABLE.</exception>
    public static void Validate(Operator step, int index)
    {
        var stored = step.Stored;
        if (stored.ChannelConstants is { } constants)
        {
            ValidateChannels(constants, stored.MaxBias, index);
        }

        if (stored.Exponentials is { } exponentials)
        {
            ValidateExponentials(exponentials, index);
        }
    }

    private static void ValidateChannels(ConstantTensor tensor, int maxBias, int index)
    {
        var constants = new ChannelConstants(tensor);
        Require(!constants.Biases.ContainsAnyExceptInRange(-maxBias, maxBias), index, "a bias or offset out of range");
        Require(!constants.Mantissas.ContainsAnyExceptInRange(0, int.MaxValue), index, "a negative multiplier");
        bool shiftsFit = !constants.Shifts.ContainsAnyExceptInRange(FixedMultiplier.MinShift, FixedMultiplier.MaxShift);
        Require(shiftsFit, index, "a shift out of range");
    }

    /// <summary>A table must be the one its scale gives, which implies that it falls from 2^31 - 1 and is never negative.</summary>
    private static void ValidateExponentials(ConstantTensor tensor, int index)
    {
        Require(ExponentialTable.IsValidScale(tensor.Scale), index, "a softmax scale out of range");
        bool isTableOfScale = tensor.Int32Values.SequenceEqual(ExponentialTable.Compute(tensor.Scale));
        Require(isTableOfScale, index, "exponentials that do not go with their scale");
    }

    private static void Require(bool condition, int index, string fault)
    {
        if (!condition)
        {
            throw new ModelImageException(ModelImageError.BadTable, $"operator {index} has {fault}");
        }
    }
}
