#if !NANOFRAMEWORK_1_0
using System;
using System.Diagnostics;

namespace NanoFormer.Interop
{
    /// <summary>An engine of .NET behind the same argument checks, statistics and marker as the engine inside nanoCLR.</summary>
    [HostOnly]
    internal sealed class EngineSession : IDisposable
    {
        private readonly ITransformerEngine _engine;
        private readonly long[] _numbers = new long[TransformerStatistics.Count];
        private long _sliceTicks;
        private bool _isRunning;
        private bool _isStreaming;
        private bool _isDisposed;

        internal EngineSession(ITransformerEngine engine)
        {
            ArgumentNullException.ThrowIfNull(engine);
            _engine = engine;
        }

        internal ModelInfo Info
        {
            get { return _engine.Info; }
        }

        internal void Run(Array window, sbyte[] output)
        {
            CheckWindow(window);
            CheckOutput(output);
            End();
            long ticks = Timed(() => RunEngine(window, output));
            Count(TransformerStatistics.RunsIndex, 1, ticks);
        }

        internal void Run(Capture capture, sbyte[] output)
        {
            Run(capture.Window, output);
        }

        internal void Begin(Array window)
        {
            CheckWindow(window);
            End();
            _sliceTicks = Timed(() => _engine.Begin(window));
            _isRunning = true;
        }

        internal int Continue(int operators, sbyte[] output)
        {
            ThrowIfDisposed();
            ArgumentNullException.ThrowIfNull(output);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(operators);
            ThrowUnless(_isRunning, "No run was begun.");
            CheckOutput(output);
            int remaining = 0;
            _sliceTicks += Timed(() => remaining = _engine.Continue(operators, output));
            if (remaining == 0)
            {
                _isRunning = false;
                Count(TransformerStatistics.RunsIndex, 1, _sliceTicks);
            }

            return remaining;
        }

        internal void BeginStream()
        {
            ThrowIfDisposed();
            if (Info.StepSamples == 0)
            {
                throw new NotSupportedException("The model does not stream.");
            }

            _engine.BeginStream();
            End();
            _isStreaming = true;
        }

        internal int Step(Array samples, int offset, int count, sbyte[] output)
        {
            ThrowIfDisposed();
            ArgumentNullException.ThrowIfNull(samples);
            ArgumentNullException.ThrowIfNull(output);
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, samples.Length - offset);
            CheckValues(samples);
            ThrowUnless(_isStreaming, "No stream was begun.");
            CheckLength(count % Info.ChannelCount == 0, nameof(count));
            CheckOutput(output);
            int steps = 0;
            long ticks = Timed(() => steps = _engine.Step(samples, offset, count, output));
            if (steps > 0)
            {
                Count(TransformerStatistics.StepsIndex, steps, ticks);
            }

            return steps;
        }

        internal void SelfTest()
        {
            ThrowIfDisposed();
            End();
            _engine.SelfTest();
        }

        internal TransformerStatistics GetStatistics()
        {
            ThrowIfDisposed();
            return new TransformerStatistics(_numbers);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isDisposed = true;
            _engine.Dispose();
        }

        private void End()
        {
            _isRunning = false;
            _isStreaming = false;
        }

        private static long Timed(Action work)
        {
            Marker.Write(true);
            long start = Stopwatch.GetTimestamp();
            try
            {
                work();
                return Stopwatch.GetTimestamp() - start;
            }
            finally
            {
                Marker.Write(false);
            }
        }

        private void Count(int index, int inferences, long ticks)
        {
            long microseconds = ticks * 1000000 / Stopwatch.Frequency;
            long[] numbers = _numbers;
            numbers[index] += inferences;
            numbers[TransformerStatistics.TotalIndex] += microseconds;
            numbers[TransformerStatistics.LastIndex] = microseconds / inferences;
            numbers[TransformerStatistics.MaximumIndex] =
                Math.Max(numbers[TransformerStatistics.MaximumIndex], numbers[TransformerStatistics.LastIndex]);
        }

        private void RunEngine(Array window, sbyte[] output)
        {
            if (window is short[] values)
            {
                _engine.Run(values, output);
                return;
            }

            _engine.Run((sbyte[])window, output);
        }

        private void CheckWindow(Array window)
        {
            ThrowIfDisposed();
            ArgumentNullException.ThrowIfNull(window);
            CheckValues(window);
            CheckLength(window.Length == Info.WindowSamples * Info.ChannelCount, nameof(window));
        }

        private void CheckValues(Array values)
        {
            CheckLength(values is sbyte[] == (Info.ValueBytes == 1), nameof(values));
        }

        private void CheckOutput(sbyte[] output)
        {
            ArgumentNullException.ThrowIfNull(output);
            CheckLength(output.Length == Info.OutputCount, nameof(output));
        }

        private void CheckLength(bool fits, string name)
        {
            if (!fits)
            {
                _numbers[TransformerStatistics.ErrorsIndex]++;
                throw new ArgumentException(EngineStatus.TextOf(EngineStatus.WrongShape), name);
            }
        }

        private void ThrowUnless(bool allowed, string text)
        {
            if (!allowed)
            {
                _numbers[TransformerStatistics.ErrorsIndex]++;
                throw new InvalidOperationException(text);
            }
        }

        private void ThrowIfDisposed()
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Transformer));
        }
    }
}
#endif
