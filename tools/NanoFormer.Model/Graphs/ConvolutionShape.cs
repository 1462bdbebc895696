namespace NanoFormer.Model;

/// <summary>How a convolution walks over time.</summary>
/// <param name="Kernel">Samples under the kernel.</param>
/// <param name="Stride">Samples between the starts of two outputs.</param>
/// <param name="PadLeft">Padding samples before the first, <c>0 .. Kernel - 1</c>.</param>
/// <param name="OutputRows">Rows of the output; the last must read at least one real sample.</param>
public readonly record struct ConvolutionShape(int Kernel, int Stride, int PadLeft, int OutputRows)
{
    /// <summary>
    /// "Same" padding: <c>ceil(rows / stride)</c> output rows, the padding split evenly, the odd sample after the last.
    /// </summary>
    public static ConvolutionShape Same(int rows, int kernel, int stride)
    {
        int outputRows = (rows + stride - 1) / stride;
        int padding = Math.Max((outputRows - 1) * stride + kernel - rows, 0);
        return new ConvolutionShape(kernel, stride, padding / 2, outputRows);
    }

    /// <summary>No padding: <c>(rows - kernel) / stride + 1</c> output rows.</summary>
    public static ConvolutionShape Valid(int rows, int kernel, int stride) => new(kernel, stride, 0, (rows - kernel) / stride + 1);
}
