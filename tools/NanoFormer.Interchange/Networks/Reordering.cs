namespace NanoFormer.Interchange;

/// <summary>The dimensions of a tensor in another order.</summary>
/// <param name="Dimensions">Its shape.</param>
/// <param name="Order">Dimension <c>i</c> of the result is dimension <c>Order[i]</c>.</param>
internal sealed record Reordering(int[] Dimensions, int[] Order)
{
    /// <summary>The values in the new order.</summary>
    public T[] Apply<T>(T[] values)
    {
        int[] strides = Strides(Dimensions);
        int[] shape = [.. Order.Select(dimension => Dimensions[dimension])];
        int[] resultStrides = Strides(shape);
        var result = new T[values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            int source = 0;
            for (int d = 0; d < shape.Length; d++)
            {
                source += i / resultStrides[d] % shape[d] * strides[Order[d]];
            }

            result[i] = values[source];
        }

        return result;
    }

    /// <summary>Values from one index of each dimension to the next, row-major.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }
}
