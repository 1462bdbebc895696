namespace NanoFormer.Interchange.Networks;

/// <summary>Columns from one on, and the last of every few rows: <c>[T][C]</c> to <c>[T / step][N]</c>.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
/// <param name="FirstColumn">The first of the columns taken.</param>
/// <param name="RowStep">One row out of so many is taken.</param>
public sealed record FloatSelect(FloatValue Input, FloatValue Output, int FirstColumn, int RowStep) : FloatStep(Input, Output);
