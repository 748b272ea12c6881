# The only commands to remember. `just` comes with `python3 install.py --dev`, as .venv/bin/just.

bin := ".venv/bin"

# Everything the build runs
check: lint test

# Format, lint, types, import contracts
lint:
    {{bin}}/ruff format --check .
    {{bin}}/ruff check .
    {{bin}}/mypy
    {{bin}}/lint-imports

# The tests
test *ARGS:
    {{bin}}/python -m pytest {{ARGS}}

# Rebuild the golden reports; read the difference before you commit it
golden:
    {{bin}}/python tests/test_golden.py

# Try mutants of every format for some minutes; N of each
fuzz N="3000":
    VERALIGN_FUZZ={{N}} {{bin}}/python -m pytest -q tests/test_read_fuzz.py

# Try files on every reader until each has had so many seconds; goes on where it was stopped
fuzz-long SECONDS="600" *ARGS:
    {{bin}}/python -m tests.fuzz_readers --seconds {{SECONDS}} {{ARGS}}

# Try files on one reader, guided by coverage: `just fuzz-guided po-rows`
fuzz-guided READER SECONDS="600":
    {{bin}}/python -c "import atheris" || {{bin}}/python -m pip install atheris
    {{bin}}/python -m tests.fuzz_guided {{READER}} --seconds {{SECONDS}}

# The table of formats in docs/
formats:
    {{bin}}/python tests/test_format_table.py

# The pictures of the viewer and of the desk in docs/
pictures:
    {{bin}}/python -m eval.pictures

# Measure speed and quality; figures go to eval/results
bench DATA:
    {{bin}}/python -m eval.speed --data {{DATA}}
    {{bin}}/python -m eval.speed_plot
    {{bin}}/python -m eval.viewer
    {{bin}}/python -m eval.findings --data {{DATA}}
    {{bin}}/python -m eval.findings_plot
    {{bin}}/python eval/checks.py --data {{DATA}}
    {{bin}}/python -m eval.alignment --data {{DATA}}
    {{bin}}/python -m eval.alignment --data {{DATA}} --curve
    {{bin}}/python -m eval.alignment_plot

# Format the code
format:
    {{bin}}/ruff format .
    {{bin}}/ruff check --fix .
