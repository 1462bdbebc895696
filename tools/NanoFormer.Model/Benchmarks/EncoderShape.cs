namespace NanoFormer.Model;

/// <summary>The shape of a benchmark encoder.</summary>
/// <param name="Samples">Samples of a window.</param>
/// <param name="Patch">Samples of a token: kernel and stride of the convolution in front.</param>
/// <param name="Width">Columns of a token.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="Hidden">Columns inside the feed-forward layers.</param>
/// <param name="Blocks">Encoder blocks.</param>
internal sealed record EncoderShape(int Samples, int Patch, int Width, int Heads, int Hidden, int Blocks);
